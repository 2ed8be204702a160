using Models.Diagnostics;
using Models.Parsing.Properties;
using Models.Project.Yaml;
using Models.Rendering.Context;

namespace Models.Parsing.Nodes;

/// <summary>A call such as <c>ref('x')</c> in YAML, with or without braces around it.</summary>
internal static class YamlCall
{
    /// <summary>Evaluates the call to record its references; errors are reported at their positions in the file.</summary>
    public static void Evaluate(YamlScalar call, PropertiesFile file, NodeContext context, DiagnosticBag diagnostics)
    {
        var isTemplate = TextTemplate.IsTemplate(call.Text);
        var text = isTemplate ? call.Text : $"{{{{ {call.Text} }}}}";
        var source = EmbeddedText.Find(file.Source, call.Text, call.Span) is { } found
            ? isTemplate ? found : found.Within(text, "{{ ".Length)
            : null;
        try
        {
            TextTemplate.Evaluate(text, call.Span, context, source);
        }
        catch (DiagnosticException e)
        {
            diagnostics.Add(e.Diagnostic);
        }
    }
}
