using Models.Diagnostics;

namespace Models.Project.Graph;

/// <summary>One setting with its position.</summary>
/// <param name="Key">The name, without the + of dbt_project.yml.</param>
/// <param name="Value">The value with rendered templates.</param>
/// <param name="Span">The position of the setting.</param>
internal sealed record ConfigSetting(string Key, object? Value, SourceSpan Span)
{
    /// <summary>The value before rendering, which is the same for every target and environment.</summary>
    public object? Unrendered { get; init; } = Value;
}
