using Models.Diagnostics;
using Models.Jinja.Rendering;

namespace Models.Project.Yaml;

internal sealed class YamlSequence(SourceSpan span, IReadOnlyList<YamlValue> items) : YamlValue(span)
{
    public IReadOnlyList<YamlValue> Items { get; } = items;

    public override string Kind => "a list";

    public override object ToTemplateValue()
    {
        var list = new JinjaList();
        foreach (var item in Items)
            list.Add(item.ToTemplateValue());

        return list;
    }
}
