using System.Collections;
using System.Reflection;
using System.Text;
using Models.Jinja.Rendering;
using Models.Parsing;

namespace Models.Compiler.Tests.Project;

/// <summary>Everything the nodes of a project say, as text: properties that are added later are in it by themselves.</summary>
internal static class NodeText
{
    private const int Deepest = 20;

    /// <summary>How a node came to be, and what leads back to where it comes from.</summary>
    private static readonly string[] s_left = ["LazyTemplate", "AsWritten", "EqualityContract"];

    public static string Of(ParsedProject project)
    {
        var text = new StringBuilder();
        foreach (var value in (object[])[project.Graph.InOrder, project.Disabled, project.Docs, project.Groups, project.Macros])
            Append(text, value, 0);

        return text.ToString();
    }

    private static void Append(StringBuilder text, object? value, int depth)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case string or Enum or DateTimeOffset:
            case not null when value.GetType().IsPrimitive || value is decimal:
                text.Append(value.GetType().Name).Append(' ').Append(value);
                break;
            case Template template:
                text.Append(template.Source.Path).Append(template.Source.Text).Append(template.HasErrors);
                break;
            case IEnumerable items:
                foreach (var item in items)
                    Append(text.Append('\n').Append(' ', depth), item, depth + 1);
                break;
            default:
                depth.ShouldBeLessThan(Deepest);
                foreach (var property in value.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
                {
                    if (property.GetIndexParameters().Length > 0 || s_left.Contains(property.Name))
                        continue;

                    text.Append('\n').Append(' ', depth).Append(property.Name).Append(": ");
                    Append(text, property.GetValue(value), depth + 1);
                }

                break;
        }
    }
}
