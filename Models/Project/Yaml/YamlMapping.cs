using Models.Diagnostics;
using Models.Jinja.Rendering;

namespace Models.Project.Yaml;

/// <summary>A mapping with distinct keys in the order written.</summary>
internal sealed class YamlMapping(SourceSpan span, IReadOnlyList<YamlEntry> entries) : YamlValue(span)
{
    public static YamlMapping Empty(SourceSpan span) => new(span, []);

    public IReadOnlyList<YamlEntry> Entries { get; } = entries;

    public override string Kind => "a mapping";

    public YamlValue? this[string key]
    {
        get
        {
            foreach (var entry in Entries)
            {
                if (entry.Key == key)
                    return entry.Value;
            }

            return null;
        }
    }

    public override object ToTemplateValue()
    {
        var dict = new JinjaDict();
        foreach (var entry in Entries)
            dict[entry.KeyValue] = entry.Value.ToTemplateValue();

        return dict;
    }
}

/// <summary>One <c>key: value</c>.</summary>
/// <param name="Key">The key's text.</param>
/// <param name="KeyValue">The key as templates see it: a plain <c>1</c> is a number.</param>
/// <param name="KeySpan">The position of the key.</param>
/// <param name="Value">The value.</param>
internal sealed record YamlEntry(string Key, object? KeyValue, SourceSpan KeySpan, YamlValue Value);
