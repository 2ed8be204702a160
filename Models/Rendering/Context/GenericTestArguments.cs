using System.Text.RegularExpressions;
using Models.Jinja.Rendering;
using Models.Project.Graph;

namespace Models.Rendering.Context;

/// <summary>Prepares a generic test's arguments for its macro: evaluates strings that are templates, or calls such as ref.</summary>
internal static partial class GenericTestArguments
{
    /// <summary>The name of the arguments in the test's template.</summary>
    public const string Name = "_dbt_generic_test_kwargs";

    public static bool IsCall(string text) => Call().IsMatch(text);

    public static JinjaDict Render(TestNode test, NodeContext context)
    {
        var arguments = new JinjaDict();
        foreach (var (key, value) in test.Arguments)
            arguments[key] = key == "column_name" ? value : Render(value, test, context);

        return arguments;
    }

    private static object? Render(object? value, TestNode test, NodeContext context)
    {
        switch (value)
        {
            case string text:
                return TextTemplate.Evaluate(IsCall(text) ? $"{{{{ {text} }}}}" : text, test.Span, context);
            case JinjaList list:
                return new JinjaList(list.Select(v => Render(v, test, context)));
            case JinjaDict dict:
                var rendered = new JinjaDict();
                foreach (var (key, item) in dict)
                    rendered[key] = Render(item, test, context);
                return rendered;
            default:
                return value;
        }
    }

    [GeneratedRegex(@"^\s*(?:env_var|ref|var|source|doc)\s*\(.+\)\s*$", RegexOptions.Singleline)]
    private static partial Regex Call();
}
