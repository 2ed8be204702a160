using Models.Diagnostics;
using Models.Jinja.Parsing;
using Models.Jinja.Rendering;

namespace Models.Rendering.Context;

/// <summary>Templates that are short texts within other files: yaml values, hooks, a test's arguments.</summary>
internal static class TextTemplate
{
    /// <summary>True where the text holds anything a template engine would act on.</summary>
    public static bool IsTemplate(string text) =>
        text.Contains("{{", StringComparison.Ordinal) || text.Contains("{%", StringComparison.Ordinal) || text.Contains("{#", StringComparison.Ordinal);

    /// <param name="text">The template.</param>
    /// <param name="place">Where it stands; its mistakes are placed there as a whole, for its lines are not the file's.</param>
    /// <param name="source">The text with places of its own, where they are known.</param>
    /// <exception cref="DiagnosticException">It cannot be read.</exception>
    public static Template Parse(string text, SourceSpan place, SourceText? source = null)
    {
        var found = new DiagnosticBag();
        var template = TemplateReader.Read(source ?? new SourceText(place.File, text), found);
        foreach (var diagnostic in found.ToSortedList())
        {
            if (diagnostic.Severity == DiagnosticSeverity.Error)
                throw new DiagnosticException(source is null ? diagnostic with { Span = place } : diagnostic);
        }

        return template;
    }

    /// <summary>The text's value: a template that is one expression gives what the expression gives.</summary>
    /// <exception cref="DiagnosticException">A mistake, placed at <paramref name="place"/>.</exception>
    public static object? Evaluate(string text, SourceSpan place, NodeContext context, SourceText? source = null)
    {
        if (!IsTemplate(text))
            return text;

        try
        {
            return Parse(text, place, source).Evaluate(context.Renders);
        }
        catch (DiagnosticException e) when (source is null && e.Diagnostic.Span.File == place.File)
        {
            throw new DiagnosticException(e.Diagnostic with { Span = place }, e);
        }
    }

    /// <summary>The rendered text.</summary>
    /// <exception cref="DiagnosticException">A mistake, placed at <paramref name="place"/> or, where they are known, at the text's own places.</exception>
    public static string Render(string text, SourceSpan place, NodeContext context, SourceText? source = null) =>
        IsTemplate(text) ? RenderWithMap(text, place, context, source).Text : text;

    /// <summary>The rendered text and where each stretch of it comes from.</summary>
    /// <exception cref="DiagnosticException">A mistake, placed as <see cref="Render"/> does.</exception>
    public static RenderedTemplate RenderWithMap(string text, SourceSpan place, NodeContext context, SourceText? source = null)
    {
        try
        {
            return Parse(text, place, source).Render(context.Renders);
        }
        catch (DiagnosticException e) when (source is null && e.Diagnostic.Span.File == place.File)
        {
            throw new DiagnosticException(e.Diagnostic with { Span = place }, e);
        }
    }
}
