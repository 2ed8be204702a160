using System.Text;
using Models.Diagnostics;
using Models.Project.Graph;
using Models.Project.Seeds;
using Npgsql;

namespace Models.Analysis;

/// <summary>
/// Loads seeds into the analysis database for templates that query rows: seeds are part of the project, so that their rows are known during a
/// compilation.
/// </summary>
internal static class SeedRows
{
    /// <summary>A larger seed is unlikely to be a list that templates iterate over.</summary>
    private const long LargestFile = 5_000_000;

    public static async Task LoadAsync(AnalysisDatabase database, SeedNode seed, CancellationToken cancellationToken)
    {
        if (new FileInfo(seed.FilePath) is not { Exists: true, Length: <= LargestFile })
            return;

        await using var connection = await database.OpenAsync(cancellationToken);
        try
        {
            var file = SeedFile.Open(seed);
            await using var writer = await connection.BeginTextImportAsync(
                $"copy {RelationKey.Of(seed.Relation)} from stdin (format csv)", cancellationToken);
            var line = new StringBuilder();
            foreach (var row in file.ReadRows())
            {
                line.Clear().AppendJoin(',', row.Select(Field)).Append('\n');
                await writer.WriteAsync(line, cancellationToken);
            }
        }
        catch (Exception e) when (e is PostgresException or DiagnosticException)
        {
            // rows that do not fit their column are reported when the seed is built
        }
    }

    private static string Field(string? value) => value is null ? "" : $"\"{value.Replace("\"", "\"\"")}\"";
}
