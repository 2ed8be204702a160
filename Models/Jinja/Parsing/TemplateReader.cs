using Models.Diagnostics;
using Models.Jinja.Lexing;
using Models.Jinja.Rendering;
using Models.Jinja.Rendering.Nodes;

namespace Models.Jinja.Parsing;

/// <summary>Reads templates.</summary>
public static class TemplateReader
{
    /// <summary>Reads a template; mistakes go to <paramref name="diagnostics"/>, several where there are several.</summary>
    /// <param name="source">The text, whose path diagnostics name.</param>
    /// <param name="diagnostics">Takes what is wrong.</param>
    /// <param name="syntax">By default <see cref="TemplateSyntax.Dbt"/>.</param>
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
