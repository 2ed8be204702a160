using Models.Analysis.Lineage;

namespace Models.Analysis;

/// <summary>The result of analysing a node.</summary>
public enum AnalysisState
{
    /// <summary>Rendered, but not analysed by PostgreSQL: analysis is off, no server was found, or a source above it is unknown.</summary>
    Unchecked,

    /// <summary>PostgreSQL accepted it; columns and lineage are known.</summary>
    Analysed,

    /// <summary>The node has an error.</summary>
    Failed,

    /// <summary>A node that it reads has an error, which is reported there.</summary>
    Skipped,
}

/// <summary>The analysis result of one node.</summary>
/// <param name="State">Whether the analysis succeeded.</param>
/// <param name="Columns">The columns in order; empty unless analysed.</param>
/// <param name="Lineage">The lineage of the columns; empty unless analysed.</param>
public sealed record AnalysedNode(AnalysisState State, IReadOnlyList<AnalysedColumn> Columns, NodeLineage Lineage)
{
    public static AnalysedNode Without(AnalysisState state) => new(state, [], NodeLineage.Empty);
}
