using Models.Compiler.Diagnostics;
using Models.Compiler.Templates;

namespace Models.Compiler.Context;

/// <summary>Templates that are short texts within other files: yaml values, hooks, a test's arguments.</summary>
internal static class TextTemplate
{
    /// <summary>True where the text holds anything a template engine would act on.</summary>
    public static bool IsTemplate(string text) =>
        text.Contains("{{", StringComparison.Ordinal) || text.Contains("{%", StringComparison.Ordinal) || text.Contains("{#", StringComparison.Ordinal);

    /// <param name="text">The template.</param>
    /// <param name="place">Where it stands; its mistakes are placed there as a whole, for its lines are not the file's.</param>
    /// <exception cref="DiagnosticException">It cannot be read.</exception>
    public static Template Parse(string text, SourceSpan place)
    {
        var found = new DiagnosticBag();
        var template = Template.Parse(new SourceText(place.File, text), found);
        foreach (var diagnostic in found.ToSortedList())
        {
            if (diagnostic.Severity == DiagnosticSeverity.Error)
                throw new DiagnosticException(diagnostic with { Span = place });
        }

        return template;
    }

    /// <summary>The text's value: a template that is one expression gives what the expression gives.</summary>
    /// <exception cref="DiagnosticException">A mistake, placed at <paramref name="place"/>.</exception>
    public static object? Evaluate(string text, SourceSpan place, NodeContext context)
    {
        if (!IsTemplate(text))
            return text;

        try
        {
            return Parse(text, place).Evaluate(context.Renders);
        }
        catch (DiagnosticException e) when (e.Diagnostic.Span.File == place.File)
        {
            throw new DiagnosticException(e.Diagnostic with { Span = place }, e);
        }
    }

    /// <summary>The rendered text.</summary>
    /// <exception cref="DiagnosticException">A mistake, placed at <paramref name="place"/>.</exception>
    public static string Render(string text, SourceSpan place, NodeContext context)
    {
        if (!IsTemplate(text))
            return text;

        try
        {
            return Parse(text, place).Render(context.Renders).Text;
        }
        catch (DiagnosticException e) when (e.Diagnostic.Span.File == place.File)
        {
            throw new DiagnosticException(e.Diagnostic with { Span = place }, e);
        }
    }
}
