namespace Models.Analysis.Lineage;

/// <summary>How a column is used in another.</summary>
public enum ColumnUse
{
    /// <summary>The value is passed on unchanged.</summary>
    Straight,

    /// <summary>The value is used in an expression, aggregate or window.</summary>
    Transformed,

    /// <summary>The column is used in a where or having condition.</summary>
    Filter,

    /// <summary>The column is used in a join condition.</summary>
    Join,

    /// <summary>The column is used as a grouping or distinct key.</summary>
    Group,
}

/// <summary>A column of another node that is read.</summary>
/// <param name="Node">The unique id of the node it belongs to.</param>
/// <param name="Column">The name of the column.</param>
/// <param name="Use">How it is used.</param>
public sealed record ColumnSource(string Node, string Column, ColumnUse Use);

/// <summary>The column lineage of one node.</summary>
/// <param name="Columns">For each output column, the columns its value is derived from, straight or transformed.</param>
/// <param name="Keys">Filter, join and group keys of the whole query, which determine its rows.</param>
public sealed record NodeLineage(IReadOnlyDictionary<string, IReadOnlyList<ColumnSource>> Columns, IReadOnlyList<ColumnSource> Keys)
{
    public static NodeLineage Empty { get; } = new(new Dictionary<string, IReadOnlyList<ColumnSource>>(), []);
}
