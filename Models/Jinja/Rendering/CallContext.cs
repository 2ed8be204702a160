using Models.Diagnostics;
using Models.Jinja.Lexing;

namespace Models.Jinja.Rendering;

/// <summary>What a host function, filter or test may know about the call being made.</summary>
public sealed class CallContext : IPlace
{
    private readonly IPlace? _place;
    private readonly SourceSpan _span;

    internal CallContext(Renderer renderer, IPlace place)
    {
        Renderer = renderer;
        _place = place;
    }

    private CallContext(Renderer renderer, SourceSpan span)
    {
        Renderer = renderer;
        _span = span;
    }

    /// <summary>The call expression in its template.</summary>
    public SourceSpan Span => _place?.Span ?? _span;

    /// <summary>What the host gave the rendering as <see cref="RenderOptions.State"/>.</summary>
    public object? State => Renderer.Options.State;

    public RenderOptions Options => Renderer.Options;

    /// <summary>The macros being called, innermost first.</summary>
    public IReadOnlyList<MacroCall> Macros
    {
        get
        {
            var calls = new List<MacroCall>();
            for (var call = Renderer.Call; call is not null; call = call.Caller)
                calls.Add(new MacroCall(call.Macro, call.Span));
            return calls;
        }
    }

    /// <summary>The macro calls that led here, as a clause to end a message with; empty outside of macros.</summary>
    public string Trail => Renderer.Trail();

    internal Renderer Renderer { get; }

    /// <summary>A context to call a macro from outside any template.</summary>
    /// <param name="options">Its globals are not used: a macro brings its own.</param>
    /// <param name="span">The place to name as the caller.</param>
    public static CallContext Create(RenderOptions options, SourceSpan span) => new(new Renderer(options), span);

    /// <summary>Calls a macro, host function or bound method.</summary>
    public object? Call(object? callee, CallArguments arguments) => Operators.Call(this, callee, arguments);

    /// <summary>What <c>value.name</c> is in a template.</summary>
    public object? GetAttribute(object? value, string name) => Operators.GetAttribute(Renderer, this, value, name);

    /// <summary>What <c>value[key]</c> is in a template.</summary>
    public object? GetItem(object? value, object? key) => Operators.GetItem(Renderer, this, value, key);

    public bool IsTrue(object? value) => Operators.IsTrue(Renderer, this, value);

    public IEnumerable<object?> Iterate(object? value) => Operators.Iterate(Renderer, this, value);

    /// <summary>What printing the value writes.</summary>
    public string Print(object? value) => Renderer.Print(value, this);

    /// <summary>Renders another template within this rendering: its macro calls and limits go on.</summary>
    public string Render(Template template, IJinjaScope globals) => template.RenderWithin(Renderer, globals);

    /// <summary>The text's way back to its templates, where a macro, a set block or a rendering produced it.</summary>
    public RenderedTemplate WithMap(string text) =>
        Renderer.TryGetMap(text, out var segments) ? new RenderedTemplate(text, new SourceMap(segments)) : RenderedTemplate.Unmapped(text);

    /// <summary>A mistake in the arguments, placed at the call.</summary>
    public DiagnosticException ArgumentError(string message) => Renderer.ArgumentError(this, message);

    /// <summary>A value that cannot be worked with, placed at the call.</summary>
    public DiagnosticException ValueError(string message) => Renderer.ValueError(this, message);

    internal DiagnosticException TypeError(string message) => Renderer.TypeError(this, message);
}
