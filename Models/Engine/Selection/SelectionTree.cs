namespace Models.Engine.Selection;

/// <summary>A selection independent of a graph: criteria combined by union, intersection and difference.</summary>
internal abstract record SelectionTree
{
    /// <summary>The nodes that one criterion matches.</summary>
    public sealed record Leaf(Criterion Criterion) : SelectionTree
    {
        /// <summary>Overrides the run's rule, if set in selectors.yml.</summary>
        public IndirectSelection? IndirectSelection { get; init; }
    }

    /// <summary>The nodes in any of the parts.</summary>
    public sealed record Union(IReadOnlyList<SelectionTree> Parts) : SelectionTree;

    /// <summary>The nodes in all of the parts.</summary>
    public sealed record Intersection(IReadOnlyList<SelectionTree> Parts) : SelectionTree;

    /// <summary>The nodes in <paramref name="Included"/> that are not in <paramref name="Excluded"/>.</summary>
    public sealed record Difference(SelectionTree Included, SelectionTree Excluded) : SelectionTree;

    /// <summary>Parses the arguments of <c>--select</c>: spaces mean union, commas intersection. Source: dbt's page on set operators.</summary>
    public static SelectionTree Parse(IReadOnlyList<string> arguments)
    {
        var parts = arguments
            .SelectMany(a => a.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Select(ParseIntersection)
            .ToList();
        return parts is [var only] ? only : new Union(parts);
    }

    private static SelectionTree ParseIntersection(string text)
    {
        var parts = text
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(p => (SelectionTree)new Leaf(Criterion.Parse(p)))
            .ToList();
        return parts is [var only] ? only : new Intersection(parts);
    }
}
