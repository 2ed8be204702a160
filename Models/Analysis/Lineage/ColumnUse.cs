namespace Models.Analysis.Lineage;

/// <summary>How a column takes part in another.</summary>
public enum ColumnUse
{
    /// <summary>The value is passed on unchanged.</summary>
    Straight,

    /// <summary>The value goes into an expression, aggregate or window.</summary>
    Transformed,

    /// <summary>The column decides which rows there are: a where or having condition.</summary>
    Filter,

    /// <summary>The column is part of a join condition.</summary>
    Join,

    /// <summary>The column is a grouping or distinct key.</summary>
    Group,
}

/// <summary>A column of another node that is read.</summary>
/// <param name="Node">The unique id of the node it belongs to.</param>
/// <param name="Column">Its name.</param>
/// <param name="Use">What for.</param>
public sealed record ColumnSource(string Node, string Column, ColumnUse Use);

/// <summary>Where the columns of one node come from.</summary>
/// <param name="Columns">For each output column the columns its value is made of, straight or transformed.</param>
/// <param name="Keys">Columns that decide about rows: filter, join and group keys of the whole query.</param>
public sealed record NodeLineage(IReadOnlyDictionary<string, IReadOnlyList<ColumnSource>> Columns, IReadOnlyList<ColumnSource> Keys)
{
    public static NodeLineage Empty { get; } = new(new Dictionary<string, IReadOnlyList<ColumnSource>>(), []);
}
