using Models.Diagnostics;
using Models.Jinja.Lexing;

namespace Models.Jinja.Rendering;

/// <summary>A parsed template. It is immutable: any number of renderings may use it at the same time.</summary>
public sealed class Template
{
    private readonly TemplateCode _code;

    internal Template(SourceText source, TemplateCode code, DiagnosticBag diagnostics)
    {
        Source = source;
        _code = code;
        Diagnostics = diagnostics;
    }

    public SourceText Source { get; }

    /// <summary>The diagnostics of the parser.</summary>
    public DiagnosticBag Diagnostics { get; }

    /// <summary>True if parsing failed somewhere; the rest can still be rendered.</summary>
    public bool HasErrors { get; internal init; }

    /// <summary>The macros, tests and materializations defined at the top level.</summary>
    public IReadOnlyList<MacroBlock> Macros { get; internal init; } = [];

    public IReadOnlyList<SnapshotBlock> Snapshots { get; internal init; } = [];

    public IReadOnlyList<DocsBlock> Docs { get; internal init; } = [];

    /// <summary>Renders the template to text with its source map.</summary>
    /// <exception cref="DiagnosticException">An error in the template or in a function it calls.</exception>
    public RenderedTemplate Render(RenderOptions options)
    {
        var renderer = new Renderer(options);
        Run(new TemplateContext(renderer, options.Globals));
        return renderer.Output.ToRendered();
    }

    /// <summary>Evaluates a template that is a single expression, <c>{{ value }}</c>, to its value; renders any other template to text.</summary>
    /// <exception cref="DiagnosticException">An error in the template or in a function it calls.</exception>
    public object? Evaluate(RenderOptions options)
    {
        var renderer = new Renderer(options);
        var context = new TemplateContext(renderer, options.Globals);
        if (TryEvaluate(context, out var value))
            return value;

        Run(context);
        return renderer.Output.Text();
    }

    internal Frame Run(TemplateContext context)
    {
        try
        {
            return _code.Run(context);
        }
        catch (InsufficientExecutionStackException)
        {
            throw TooDeep(context);
        }
    }

    internal string RenderWithin(Renderer renderer, IJinjaScope globals)
    {
        var outer = renderer.BeginCapture();
        Run(new TemplateContext(renderer, globals));
        return renderer.EndCapture(outer);
    }

    private bool TryEvaluate(TemplateContext context, out object? value)
    {
        try
        {
            return _code.TryEvaluate(context, out value);
        }
        catch (InsufficientExecutionStackException)
        {
            throw TooDeep(context);
        }
    }

    private DiagnosticException TooDeep(TemplateContext context) => Renderer.Fail(TemplateDiagnostics.Limit(
        Source.Span(0, 0), context.Renderer.Trail(), "an expression in this template, or what it calls, is nested too deeply"));
}
