using Models.Diagnostics;

namespace Models.Project.Graph;

/// <summary>One <c>ref()</c> or <c>function()</c> call in a node.</summary>
/// <param name="Name">The referenced name.</param>
/// <param name="Package">The package argument, or null.</param>
/// <param name="Version">The version argument, or null.</param>
/// <param name="Span">The call.</param>
public sealed record NodeReference(string Name, string? Package, string? Version, SourceSpan Span)
{
    /// <summary>The id of the referenced node; null until it is resolved, and if there is no such node.</summary>
    public string? UniqueId { get; init; }
}

/// <summary>A reference to a metric, from a <c>metric()</c> call or from another metric.</summary>
/// <param name="Name">The referenced name.</param>
/// <param name="Package">The package argument, or null.</param>
/// <param name="Span">The position of the reference.</param>
public sealed record MetricReference(string Name, string? Package, SourceSpan Span);

/// <summary>A metric's reference to a measure.</summary>
public sealed record MeasureReference(string Name, SourceSpan Span);

/// <summary>One <c>source()</c> call in a node.</summary>
public sealed record SourceReference(string SourceName, string TableName, SourceSpan Span)
{
    /// <summary>The id of the referenced source; null until it is resolved, and if there is no such source.</summary>
    public string? UniqueId { get; init; }
}
