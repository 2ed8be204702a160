using Models.Diagnostics;
using Models.Jinja.Rendering;
using Models.Project.Yaml;

namespace Models.Rendering.Context;

/// <summary>Converts YAML to template values and renders the templates in its strings.</summary>
internal sealed class YamlRendering(NodeContext context, DiagnosticBag diagnostics)
{
    public object? Value(YamlValue value)
    {
        switch (value)
        {
            case YamlScalar scalar:
                return Scalar(scalar);
            case YamlSequence sequence:
                var list = new JinjaList();
                foreach (var item in sequence.Items)
                    list.Add(Value(item));
                return list;
            case YamlMapping mapping:
                var dict = new JinjaDict();
                foreach (var entry in mapping.Entries)
                    dict[entry.KeyValue] = Value(entry.Value);
                return dict;
            default:
                return null;
        }
    }

    private object? Scalar(YamlScalar scalar)
    {
        if (!TextTemplate.IsTemplate(scalar.Text))
            return scalar.ToTemplateValue();

        try
        {
            return TextTemplate.Evaluate(scalar.Text, scalar.Span, context) is var value and not Undefined ? value : null;
        }
        catch (DiagnosticException e)
        {
            diagnostics.Add(e.Diagnostic);
            return null;
        }
    }
}
