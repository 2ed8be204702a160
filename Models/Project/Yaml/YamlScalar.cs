using Models.Diagnostics;

namespace Models.Project.Yaml;

/// <summary>A string, number, boolean or null.</summary>
/// <param name="text">The text without quotes, escapes resolved.</param>
/// <param name="isPlain">True if it was written without quotes, so that its text determines its type.</param>
internal sealed class YamlScalar(SourceSpan span, string text, bool isPlain) : YamlValue(span)
{
    public string Text { get; } = text;

    public bool IsPlain { get; } = isPlain;

    public bool IsNull => IsPlain && ScalarTypes.IsNull(Text);

    public override string Kind => "a value";

    public override object? ToTemplateValue() => IsPlain ? ScalarTypes.Resolve(Text) : Text;
}
