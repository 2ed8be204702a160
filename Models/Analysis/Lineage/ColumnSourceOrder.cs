namespace Models.Analysis.Lineage;

/// <summary>Orders by node, column and use, so that the same query always gives the same artifact.</summary>
internal sealed class ColumnSourceOrder : IComparer<ColumnSource>
{
    public static ColumnSourceOrder Instance { get; } = new();

    public int Compare(ColumnSource? x, ColumnSource? y)
    {
        var order = string.CompareOrdinal(x!.Node, y!.Node);
        if (order == 0)
            order = string.CompareOrdinal(x.Column, y.Column);

        return order == 0 ? x.Use.CompareTo(y.Use) : order;
    }
}
