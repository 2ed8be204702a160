using Models.Jinja.Rendering;

namespace Models.Project.Graph;

/// <summary>The items of a template value that may be one item or a list.</summary>
internal static class TemplateItems
{
    public static IReadOnlyList<string> Texts(object? value) => value switch
    {
        null => [],
        string text => [text],
        IEnumerable<object?> items => [.. items.Select(PythonText.Str)],
        _ => [PythonText.Str(value)],
    };
}
