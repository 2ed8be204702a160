using Models.Diagnostics;
using Models.Project.Graph;
using Models.Project.Store;

namespace Models.Analysis;

/// <summary>A node that PostgreSQL analyses in this compilation.</summary>
internal sealed record FreshNode(RelationNode Node, Digest Key)
{
    /// <summary>A table's definition: for sources and seeds.</summary>
    public AnalysisStatement? Definition { get; init; }

    /// <summary>The query: for models and snapshots.</summary>
    public RenderedNode? Rendered { get; set; }

    /// <summary>The view for an incremental model's later runs.</summary>
    public RelationKey? IncrementalName { get; set; }

    /// <summary>The table whose columns are those of the contract.</summary>
    public RelationKey? ContractName { get; set; }

    public List<Diagnostic> Warnings { get; } = [];

    /// <summary>True if the node has an error, so that it is analysed again next time.</summary>
    public bool HasMistake { get; set; }

    public uint ObjectId { get; set; }

    public RelationKey Name => RelationKey.Of(Node.Relation);

    public IEnumerable<RelationKey> Names => new RelationKey?[] { Name, IncrementalName, ContractName }.OfType<RelationKey>();
}
