using Models.Diagnostics;
using Models.Jinja.Lexing;

namespace Models.Jinja.Rendering;

/// <summary>Loads and runs templates that other templates refer to.</summary>
internal static class TemplateLoading
{
    private const int MaxDepth = 100;

    /// <summary>Loads the template of that name, or the first existing one of a list of names.</summary>
    public static (Template Template, string Name) Load(Renderer renderer, ILocated place, object? name)
    {
        var names = name is string single ? [single] : Operators.ToArray(renderer, place, name);
        foreach (var candidate in names)
        {
            if (candidate is string text && renderer.Options.Loader?.Load(text) is { } found)
                return (Readable(found), text);
        }

        throw Renderer.Fail(TemplateDiagnostics.UnknownTemplate(place.Span, renderer.Trail(), string.Join("', '", names.Select(PythonText.Str))));
    }

    public static Template? TryLoad(Renderer renderer, ILocated place, object? name, bool ignoresMissing)
    {
        if (!ignoresMissing)
            return Load(renderer, place, name).Template;

        var names = name is string single ? [single] : Operators.ToArray(renderer, place, name);
        var found = names.OfType<string>().Select(n => renderer.Options.Loader?.Load(n)).FirstOrDefault(t => t is not null);
        return found is null ? null : Readable(found);
    }

    private static Template Readable(Template template)
    {
        if (!template.HasErrors)
            return template;

        var diagnostics = template.Diagnostics.ToSortedList();
        throw new DiagnosticException(diagnostics.FirstOrDefault(d => d.Span.File == template.Source.Path) ?? diagnostics[0]);
    }

    public static IJinjaScope Globals(Frame frame, bool withContext, IReadOnlyList<KeyValuePair<string, VariableReference>> visible) =>
        withContext ? VisibleScope.Of(frame, visible) : frame.Renderer.Options.SharedGlobals;

    public static Frame Run(Renderer renderer, ILocated place, Template template, IJinjaScope globals)
    {
        if (++renderer.TemplateDepth > MaxDepth)
            throw renderer.LimitError(place, $"templates include each other more than {MaxDepth} levels deep");

        renderer.EnsureStack(place);
        var frame = template.Run(new TemplateContext(renderer, globals));
        renderer.TemplateDepth--;
        return frame;
    }

    public static JinjaModule Import(
        Frame frame,
        ILocated place,
        object? name,
        bool withContext,
        IReadOnlyList<KeyValuePair<string, VariableReference>> visible)
    {
        var renderer = frame.Renderer;
        var (template, found) = Load(renderer, place, name);
        var outer = renderer.BeginCapture();
        var root = Run(renderer, place, template, Globals(frame, withContext, visible));
        return new JinjaModule(found, root, renderer.EndCapture(outer));
    }
}
