using System.Net.Sockets;
using System.Text;
using Models.Database.Adapters;
using Models.Parsing;
using Models.Project.Files;
using Models.Project.Graph;
using Models.Project.Store;
using Models.Project.Yaml;
using Models.Rendering.Connections;
using Npgsql;

namespace Models.Analysis;

/// <summary>The columns of undeclared sources: from the target if it is reachable, otherwise from <c>sources.lock.yml</c>.</summary>
public static class SourceCatalog
{
    public const string LockFileName = "sources.lock.yml";

    /// <summary>The timeout for connecting to the target.</summary>
    private const int SecondsToAnswer = 3;

    /// <summary>Columns by the source's unique id; a source that is not found is omitted.</summary>
    public static async Task<IReadOnlyDictionary<string, IReadOnlyList<AdapterColumn>>> FindAsync(
        ParsedProject project, CancellationToken cancellationToken)
    {
        var unknown = Undeclared(project).ToList();
        if (unknown.Count == 0)
            return new Dictionary<string, IReadOnlyList<AdapterColumn>>();

        try
        {
            return await AskAsync(project, unknown, cancellationToken);
        }
        catch (Exception e) when (e is NpgsqlException or SocketException or TimeoutException or ArgumentException)
        {
            return ReadLock(project);
        }
    }

    /// <summary>Writes the columns of every undeclared source to a file beside dbt_project.yml; returns the number of sources.</summary>
    /// <exception cref="NpgsqlException">The target is unreachable.</exception>
    public static async Task<int> WriteLockAsync(ParsedProject project, CancellationToken cancellationToken)
    {
        var found = await AskAsync(project, Undeclared(project), cancellationToken);
        var text = new StringBuilder("# Written by 'leadline sources lock': columns of sources that the project does not declare.\nsources:\n");
        foreach (var (source, columns) in found.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            text.Append($"  {source}:\n");
            foreach (var column in columns)
                text.Append($"    - {{name: {Quote(column.Name)}, data_type: {Quote(column.DataType)}}}\n");
        }

        OutputFile.WriteIfDifferent(Path.Combine(project.Options.ProjectDirectory, LockFileName), text.ToString());
        return found.Count;
    }

    internal static bool IsDeclared(SourceNode source) => source.Columns.Count > 0 && source.Columns.All(c => c.DataType is not null);

    private static IEnumerable<SourceNode> Undeclared(ParsedProject project) =>
        project.Graph.InOrder.OfType<SourceNode>().Where(s => !IsDeclared(s));

    private static async Task<IReadOnlyDictionary<string, IReadOnlyList<AdapterColumn>>> AskAsync(
        ParsedProject project, IEnumerable<SourceNode> sources, CancellationToken cancellationToken)
    {
        var settings = new NpgsqlConnectionStringBuilder(project.Target.ConnectionString) { Timeout = SecondsToAnswer, CommandTimeout = SecondsToAnswer };
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        var adapter = new PostgresConnection(connection);
        var found = new Dictionary<string, IReadOnlyList<AdapterColumn>>(StringComparer.Ordinal);
        foreach (var source in sources)
        {
            if (adapter.ListColumns(source.Relation) is { Count: > 0 } columns)
                found[source.UniqueId] = columns;
        }

        return found;
    }

    private static Dictionary<string, IReadOnlyList<AdapterColumn>> ReadLock(ParsedProject project)
    {
        var found = new Dictionary<string, IReadOnlyList<AdapterColumn>>(StringComparer.Ordinal);
        var path = Path.Combine(project.Options.ProjectDirectory, LockFileName);
        if (!File.Exists(path) || SourceFile.Read(path, project.Diagnostics) is not { } text)
            return found;

        var file = YamlReader.ReadMapping(text, project.Diagnostics)?.ToTemplateValue();
        foreach (var (source, columns) in MappingValue.Entries(MappingValue.Value(file, "sources")))
        {
            found[source] =
            [
                .. from column in MappingValue.Items(columns)
                   let name = MappingValue.Value(column, "name") as string
                   let type = MappingValue.Value(column, "data_type") as string
                   where name is not null && type is not null
                   select new AdapterColumn(name, type),
            ];
        }

        return found;
    }

    private static string Quote(string text) => $"\"{text.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";
}
