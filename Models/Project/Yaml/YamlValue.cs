using Models.Diagnostics;

namespace Models.Project.Yaml;

/// <summary>One value of a YAML file, with its position.</summary>
internal abstract class YamlValue(SourceSpan span)
{
    public SourceSpan Span { get; } = span;

    /// <summary>Converts to a template value: a JinjaDict, a JinjaList, or a scalar typed by YAML 1.1, which dbt uses.</summary>
    public abstract object? ToTemplateValue();

    /// <summary>The kind of value in messages: <c>a mapping</c>, <c>a list</c> or <c>a value</c>.</summary>
    public abstract string Kind { get; }
}
