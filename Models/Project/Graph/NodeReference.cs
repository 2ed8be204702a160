using Models.Diagnostics;

namespace Models.Project.Graph;

/// <summary>One <c>ref()</c> as written in a node.</summary>
/// <param name="Name">The name asked for.</param>
/// <param name="Package">The package asked for, or null.</param>
/// <param name="Version">The version asked for, or null.</param>
/// <param name="Span">The call.</param>
public sealed record NodeReference(string Name, string? Package, string? Version, SourceSpan Span)
{
    /// <summary>The node it leads to; null until it is resolved, and where there is no such node.</summary>
    public string? UniqueId { get; init; }
}

/// <summary>One metric as a <c>metric()</c> or another metric names it.</summary>
/// <param name="Name">The name asked for.</param>
/// <param name="Package">The package asked for, or null.</param>
/// <param name="Span">Where it stands.</param>
public sealed record MetricReference(string Name, string? Package, SourceSpan Span);

/// <summary>One measure as a metric names it.</summary>
public sealed record MeasureReference(string Name, SourceSpan Span);

/// <summary>One <c>source()</c> as written in a node.</summary>
public sealed record SourceReference(string SourceName, string TableName, SourceSpan Span)
{
    /// <summary>The source it leads to; null until it is resolved, and where there is no such source.</summary>
    public string? UniqueId { get; init; }
}
