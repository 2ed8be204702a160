using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Models.Analysis.Lineage;

namespace Models.Analysis;

/// <summary>Reads the lineage of every view that this compilation created.</summary>
internal sealed class LineageStage(AnalysisScope scope, RelationStore store) : ILineageRelations
{
    public async Task ReadAsync(IReadOnlyList<FreshNode> fresh, CancellationToken cancellationToken)
    {
        var views = fresh.Where(f => f.Rendered is not null && f.ObjectId != 0).Select(f => f.ObjectId).ToList();
        if (views.Count == 0)
            return;

        var database = await scope.Server.DatabaseAsync(cancellationToken);
        var lineages = new ConcurrentDictionary<uint, NodeLineage>();
        var workers = Environment.ProcessorCount;
        await Parallel.ForEachAsync(views.Chunk(Math.Max(64, (views.Count + workers - 1) / workers)), cancellationToken, async (chunk, token) =>
            await AnalysisCatalog.ReadTreesAsync(database, chunk, (view, tree) => lineages[view] = Read(tree), token));

        foreach (var node in fresh)
        {
            if (lineages.TryGetValue(node.ObjectId, out var lineage))
                scope.Results[node.Node.UniqueId] = scope.Results[node.Node.UniqueId] with { Lineage = lineage };
        }
    }

    bool ILineageRelations.TryFind(uint relation, int attribute, out (string Node, string Column) found)
    {
        if (store.ByObjectId.TryGetValue(relation, out var node) && scope.Results[node.UniqueId].Columns is var columns && attribute <= columns.Count)
        {
            found = (node.UniqueId, columns[attribute - 1].Name);
            return true;
        }

        found = default;
        return false;
    }

    int ILineageRelations.ColumnCount(uint relation) =>
        store.ByObjectId.TryGetValue(relation, out var node) ? scope.Results[node.UniqueId].Columns.Count : 0;

    bool ILineageRelations.TryFindInlined(string commonTableExpression, [NotNullWhen(true)] out string? node)
    {
        node = scope.Project.EphemeralNames.Find(commonTableExpression);
        return node is not null;
    }

    private NodeLineage Read(string tree)
    {
        try
        {
            return LineageReader.Read(tree, this);
        }
        catch (Exception e) when (e is FormatException or InsufficientExecutionStackException)
        {
            // best effort: the query is too deeply nested, or a newer server uses another format; the model itself is valid
            return NodeLineage.Empty;
        }
    }
}
