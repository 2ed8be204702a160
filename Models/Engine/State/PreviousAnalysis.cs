using System.Text.Json;
using Models.Analysis;
using Models.Analysis.Lineage;
using Models.Parsing;
using Models.Project.Graph;

namespace Models.Engine.State;

/// <summary>
/// Reads column types and lineage that a build wrote to the target folder's manifest.json. A run rewrites the manifest without analysing it; the data
/// stays valid for every node that is unchanged together with its ancestors.
/// </summary>
internal static class PreviousAnalysis
{
    public static IReadOnlyDictionary<string, AnalysedNode> Read(ParsedProject project, string manifest)
    {
        var kept = new Dictionary<string, AnalysedNode>(StringComparer.Ordinal);
        if (!File.Exists(manifest))
            return kept;

        var bytes = File.ReadAllBytes(manifest);
        if (bytes.AsSpan().IndexOf("\"leadline\":{"u8) < 0)
            return kept;

        try
        {
            using var document = JsonDocument.Parse(bytes);
            if (document.RootElement.TryGetProperty("nodes", out var nodes) && document.RootElement.TryGetProperty("sources", out var sources))
                Keep(project, nodes, sources, new MacroChanges(project.Macros, document.RootElement), kept);
        }
        catch (JsonException)
        {
            // best effort: a truncated manifest is rewritten
        }

        return kept;
    }

    private static void Keep(ParsedProject project, JsonElement nodes, JsonElement sources, MacroChanges macros, Dictionary<string, AnalysedNode> kept)
    {
        var comparison = new NodeComparison(project, macros);
        var same = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in project.Graph.InOrder)
        {
            if (!(node is SourceNode ? sources : nodes).TryGetProperty(node.UniqueId, out var then)
                || !IsSame(node, then, macros, comparison)
                || !project.Graph.Parents(node.UniqueId).All(same.Contains))
                continue;

            same.Add(node.UniqueId);
            if (node is not SourceNode && Read(then) is { } analysed)
                kept[node.UniqueId] = analysed;
        }
    }

    private static bool IsSame(Node node, JsonElement then, MacroChanges macros, NodeComparison comparison) => node switch
    {
        SourceNode source => HasColumnsOf(source, then),
        SeedNode seed => !comparison.Differs(seed, then, "body") && !comparison.Differs(seed, then, "configs"),
        ITemplatedNode templated => PreviousArtifacts.Text(then, "raw_code") == templated.Source.Text && !node.DependsOnMacros.Any(macros.IsChanged),
        _ => true,
    };

    // undeclared columns come from the target, which is not queried here
    private static bool HasColumnsOf(SourceNode source, JsonElement then)
    {
        if (!source.Columns.Any(c => c.DataType is not null) || !then.TryGetProperty("columns", out var columns))
            return true;

        return columns.EnumerateObject().Count() == source.Columns.DistinctBy(c => c.Name).Count()
            && source.Columns.All(
                c => columns.TryGetProperty(c.Name, out var column) && (c.DataType is null || PreviousArtifacts.Text(column, "data_type") == c.DataType));
    }

    private static AnalysedNode? Read(JsonElement node)
    {
        if (!node.TryGetProperty("columns", out var all) || all.ValueKind != JsonValueKind.Object)
            return null;

        var columns = new List<AnalysedColumn>();
        var lineage = new Dictionary<string, IReadOnlyList<ColumnSource>>(StringComparer.Ordinal);
        foreach (var column in all.EnumerateObject())
        {
            if (Own(column.Value) is not { } own || PreviousArtifacts.Text(own, "type") is not { } type)
                continue;

            columns.Add(new AnalysedColumn(column.Name, type, type));
            lineage[column.Name] = Sources(own, "lineage");
        }

        var keys = Own(node) is { } rows ? Sources(rows, "keys") : [];
        return columns.Count == 0 ? null : new AnalysedNode(AnalysisState.Analysed, columns, new NodeLineage(lineage, keys));
    }

    private static JsonElement? Own(JsonElement element) =>
        element.TryGetProperty("meta", out var meta) && meta.ValueKind == JsonValueKind.Object
            && meta.TryGetProperty("leadline", out var own) && own.ValueKind == JsonValueKind.Object ? own : null;

    private static List<ColumnSource> Sources(JsonElement own, string name)
    {
        if (!own.TryGetProperty(name, out var sources) || sources.ValueKind != JsonValueKind.Array)
            return [];

        return
        [
            .. sources.EnumerateArray().Select(s => new ColumnSource(
                PreviousArtifacts.Text(s, "node") ?? "",
                PreviousArtifacts.Text(s, "column") ?? "",
                Enum.TryParse<ColumnUse>(PreviousArtifacts.Text(s, "use"), ignoreCase: true, out var use) ? use : ColumnUse.Transformed)),
        ];
    }
}
