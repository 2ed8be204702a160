using Models.Diagnostics;
using Models.Jinja.Parsing;
using Models.Jinja.Rendering;

namespace Models.Rendering.Context;

/// <summary>Renders templates that are short texts in other files: YAML values, hooks, a test's arguments.</summary>
internal static class TextTemplate
{
    /// <summary>True if the text contains template syntax.</summary>
    public static bool IsTemplate(string text) =>
        text.Contains("{{", StringComparison.Ordinal) || text.Contains("{%", StringComparison.Ordinal) || text.Contains("{#", StringComparison.Ordinal);

    /// <param name="text">The template.</param>
    /// <param name="place">The position of the whole text, used for errors because the template's own line numbers are not those of the file.</param>
    /// <param name="source">The text with its positions in the file, if they are known.</param>
    /// <exception cref="DiagnosticException">The template is invalid.</exception>
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

    /// <summary>Evaluates the text: a template that is one expression gives its value, any other template a string.</summary>
    /// <exception cref="DiagnosticException">An error, reported at <paramref name="place"/>.</exception>
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

    /// <summary>Renders the text.</summary>
    /// <exception cref="DiagnosticException">An error, reported at the text's own positions if they are known, otherwise at <paramref
    /// name="place"/>.</exception>
    public static string Render(string text, SourceSpan place, NodeContext context, SourceText? source = null) =>
        IsTemplate(text) ? RenderWithMap(text, place, context, source).Text : text;

    /// <summary>Renders the text with a source map.</summary>
    /// <exception cref="DiagnosticException">An error, reported as by <see cref="Render"/>.</exception>
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
