using Models.Analysis.Lineage;

namespace Models.Analysis;

/// <summary>How far a node got.</summary>
public enum AnalysisState
{
    /// <summary>Rendered, but not given to PostgreSQL: analysis is off, no server was found, or a source above it is unknown.</summary>
    Unchecked,

    /// <summary>PostgreSQL accepted it; columns and lineage are known.</summary>
    Analysed,

    /// <summary>It has an error of its own.</summary>
    Failed,

    /// <summary>Something it reads has an error; the error is reported there.</summary>
    Skipped,
}

/// <summary>What the analysis found out about one node.</summary>
/// <param name="State">How far the node got.</param>
/// <param name="Columns">Its columns in their order; empty unless analysed.</param>
/// <param name="Lineage">Where they come from; empty unless analysed.</param>
public sealed record AnalysedNode(AnalysisState State, IReadOnlyList<AnalysedColumn> Columns, NodeLineage Lineage)
{
    public static AnalysedNode Without(AnalysisState state) => new(state, [], NodeLineage.Empty);
}
