using Models.Diagnostics;
using Models.Jinja.Lexing;
using Models.Jinja.Rendering;
using Models.Jinja.Rendering.Nodes;

namespace Models.Jinja.Parsing;

public static class TemplateReader
{
    /// <summary>Parses a template and adds all errors to <paramref name="diagnostics"/>.</summary>
    /// <param name="source">The text; its path is used in diagnostics.</param>
    /// <param name="diagnostics">Receives the errors.</param>
    /// <param name="syntax">The default is <see cref="TemplateSyntax.Dbt"/>.</param>
    public static Template Read(SourceText source, DiagnosticBag diagnostics, TemplateSyntax? syntax = null)
    {
        syntax ??= TemplateSyntax.Dbt;
        var (parser, body) = TemplateParser.Parse(source, syntax, diagnostics);
        TemplateCode code;
        var found = new DiagnosticBag();
        try
        {
            code = TemplateCode.Bind(body, syntax, parser.Blocks.Values, found);
            diagnostics.AddRange(found.Since(0));
        }
        catch (InsufficientExecutionStackException)
        {
            diagnostics.Add(TemplateDiagnostics.Nesting(source.Span(0, 0), Nesting.MaxDepth));
            return new Template(source, TemplateCode.Bind(Body.Empty, syntax, [], diagnostics), diagnostics) { HasErrors = true };
        }

        return new Template(source, code, diagnostics)
        {
            HasErrors = parser.HasErrors || found.HasErrors,
            Macros = parser.Macros,
            Snapshots = parser.Snapshots,
            Docs = parser.Docs,
        };
    }
}
