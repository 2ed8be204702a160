using Models.Diagnostics;

namespace Models.Project.Yaml;

/// <summary>One value of a yaml file, with its place.</summary>
internal abstract class YamlValue(SourceSpan span)
{
    public SourceSpan Span { get; } = span;

    /// <summary>The value as templates see it: JinjaDict, JinjaList, or a scalar typed as YAML 1.1 (what dbt reads) types it.</summary>
    public abstract object? ToTemplateValue();

    /// <summary>For messages: <c>a mapping</c>, <c>a list</c> or <c>a value</c>.</summary>
    public abstract string Kind { get; }
}
