using Models.Diagnostics;

namespace Models.Project.Graph;

/// <summary>One setting with its place.</summary>
/// <param name="Key">Without the + of dbt_project.yml.</param>
/// <param name="Value">Its value, templates in it rendered.</param>
/// <param name="Span">Where it is written.</param>
internal sealed record ConfigSetting(string Key, object? Value, SourceSpan Span)
{
    /// <summary>The value as it is written, which is the same for every target and environment.</summary>
    public object? Unrendered { get; init; } = Value;
}
