namespace Models.Analysis.Lineage;

/// <summary>Resolves object ids and inlined CTEs in a query tree to nodes of the project.</summary>
internal interface ILineageRelations
{
    /// <summary>Finds the node of a relation and the name of one of its columns; returns false if the relation is not part of the project.</summary>
    bool TryFind(uint relation, int attribute, out (string Node, string Column) found);

    /// <summary>The number of columns of a relation, for a whole-row reference.</summary>
    int ColumnCount(uint relation);

    /// <summary>Finds the node that was inlined under this CTE name; returns false for a CTE in the model's own SQL.</summary>
    bool TryFindInlined(string commonTableExpression, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? node);
}
