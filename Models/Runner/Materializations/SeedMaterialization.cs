using Models.Compiler.Graph;
using Models.Compiler.Seeds;
using Models.Runner.Execution;
using Npgsql;

namespace Models.Runner.Materializations;

/// <summary>A CSV file as a table. It is loaded by COPY into a new table that takes the old one's place.</summary>
internal sealed class SeedMaterialization : IMaterialization
{
    public async Task<StatementOutcome> BuildAsync(BuildContext context, CancellationToken cancellationToken)
    {
        var seed = SeedFile.Open((SeedNode)context.Node);
        var columns = seed.Columns.Select(c => Relation.Quote(c.SqlName)).ToList();
        var readers = await DependentView.FindAsync(context, cancellationToken);
        foreach (var hook in context.Hooks.BeforeTransaction)
            await context.Session.ExecuteAsync([hook], cancellationToken);

        var create = Create(context, seed, columns);
        var close = Replacement.Close(context, "table", readers);
        var rows = await context.Session.AtomicallyAsync(
            async () =>
            {
                await context.Session.ExecuteAsync([.. Replacement.Open(context), create], cancellationToken);
                var count = context.Run.Options.Compile.Empty ? 0 : await CopyAsync(context, seed, columns, cancellationToken);
                await context.Session.ExecuteAsync(close.Transaction, cancellationToken);
                return count;
            },
            cancellationToken);
        close.Completed();
        foreach (var statement in close.After)
            await context.Session.ExecuteAsync([statement], cancellationToken);
        return new StatementOutcome("INSERT", rows) { Sql = create.Sql };
    }

    private static Statement Create(BuildContext context, SeedFile seed, IReadOnlyList<string> columns) =>
        $"create table {context.Intermediate.QuotedName} ({string.Join(", ", seed.Columns.Select((c, i) => $"{columns[i]} {c.DataType}"))})";

    private static async Task<long> CopyAsync(BuildContext context, SeedFile seed, IReadOnlyList<string> columns, CancellationToken cancellationToken)
    {
        var copy = $"copy {context.Intermediate.QuotedName} ({string.Join(", ", columns)}) from stdin (format csv)";
        try
        {
            await using var writer = await (await context.Session.OpenAsync(cancellationToken)).BeginTextImportAsync(copy, cancellationToken);
            var count = 0L;
            foreach (var row in seed.ReadRows())
            {
                cancellationToken.ThrowIfCancellationRequested();
                for (var i = 0; i < row.Count; i++)
                {
                    if (i > 0)
                        await writer.WriteAsync(',');
                    if (row[i] is { } value)
                        await writer.WriteAsync($"\"{value.Replace("\"", "\"\"")}\"");
                }

                // a row of one null would be an empty line, which is a null all the same
                await writer.WriteAsync('\n');
                count++;
            }

            return count;
        }
        catch (PostgresException refused)
        {
            throw new RunException($"{context.Node.OriginalFilePath}: {refused.MessageText}{Place(refused)}. Correct the file, or give the column another type under column_types.", refused);
        }
    }

    // the server counts the rows after the header: "COPY countries__dbt_tmp, line 3, column id: ..."
    private static string Place(PostgresException refused) =>
        refused.Where is { } where && where.IndexOf(", line ", StringComparison.Ordinal) is > 0 and var at
            ? $" (row {where[(at + ", line ".Length)..].ReplaceLineEndings(" ")})"
            : "";
}
