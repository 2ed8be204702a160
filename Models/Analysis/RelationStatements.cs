using Models.Project.Graph;
using Models.Rendering.Nodes;

namespace Models.Analysis;

/// <summary>The statements that create a node's relation in the analysis database.</summary>
internal static class RelationStatements
{
    /// <summary>The schema for the views of incremental models' later runs.</summary>
    public const string OwnSchema = "leadline";

    /// <summary>An empty table of known columns: a source, a seed, or a relation from the cache.</summary>
    public static AnalysisStatement Stub(RelationNode node, IEnumerable<(string Name, string Type)> columns)
    {
        var list = string.Join(", ", columns.Select(c => $"{Relation.Quote(c.Name)} {c.Type}"));
        return new AnalysisStatement(node, $"create table {RelationKey.Of(node.Relation)} ({list})", 0);
    }

    /// <summary>A view of the node's own query.</summary>
    public static AnalysisStatement View(RelationNode node, CompiledNode compiled, DatabaseQualifier qualifier) =>
        Statement(node, $"create view {RelationKey.Of(node.Relation)} as (\n", compiled.Sql, node is SnapshotNode snapshot
            ? SnapshotColumns.Of(snapshot)
            : null, qualifier);

    /// <summary>A view of the query of an incremental model whose relation already exists.</summary>
    public static AnalysisStatement IncrementalView(RelationNode node, CompiledNode compiled, RelationKey name, DatabaseQualifier qualifier) =>
        Statement(node, $"create view {name} as (\n", compiled.Sql, null, qualifier);

    /// <summary>A query that is analysed but not run.</summary>
    public static AnalysisStatement Query(Node node, CompiledNode compiled, DatabaseQualifier qualifier) =>
        new(node, qualifier.Blank(compiled.Sql), 0);

    private static AnalysisStatement Statement(Node node, string prefix, string sql, string? snapshotColumns, DatabaseQualifier qualifier)
    {
        if (snapshotColumns is not null)
            prefix += $"select leadline_snapshot.*, {snapshotColumns} from (\n";

        var suffix = snapshotColumns is null ? "\n)" : "\n) as leadline_snapshot)";
        return new AnalysisStatement(node, $"{prefix}{qualifier.Blank(sql)}{suffix}", prefix.Length);
    }
}
