namespace Models.Runner.Selection;

/// <summary>A selection before it meets a graph: criteria joined by union, intersection and difference.</summary>
internal abstract record SelectionTree
{
    /// <summary>Nodes one criterion names.</summary>
    public sealed record Leaf(Criterion Criterion) : SelectionTree
    {
        /// <summary>Overrides the run's own rule, where selectors.yml says so.</summary>
        public IndirectSelection? IndirectSelection { get; init; }
    }

    /// <summary>Nodes any part names.</summary>
    public sealed record Union(IReadOnlyList<SelectionTree> Parts) : SelectionTree;

    /// <summary>Nodes every part names.</summary>
    public sealed record Intersection(IReadOnlyList<SelectionTree> Parts) : SelectionTree;

    /// <summary>Nodes <paramref name="Included"/> names and <paramref name="Excluded"/> does not.</summary>
    public sealed record Difference(SelectionTree Included, SelectionTree Excluded) : SelectionTree;

    /// <summary>
    /// Reads what follows <c>--select</c>: spaces unite, commas intersect. Source: dbt's page on set operators.
    /// </summary>
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
