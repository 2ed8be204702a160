namespace Models.Analysis.Lineage;

/// <summary>Translates what a query tree names, object ids and inlined CTEs, to nodes of the project.</summary>
internal interface ILineageRelations
{
    /// <summary>The node behind a relation and the name of one of its columns; false for a relation that is not the project's.</summary>
    bool TryFind(uint relation, int attribute, out (string Node, string Column) found);

    /// <summary>The number of columns of a relation, for a reference to its whole row.</summary>
    int ColumnCount(uint relation);

    /// <summary>The node whose query was inlined under this CTE name; false for a CTE the model itself wrote.</summary>
    bool TryFindInlined(string commonTableExpression, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? node);
}
