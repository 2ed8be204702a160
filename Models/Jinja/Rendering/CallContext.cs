using Models.Diagnostics;
using Models.Jinja.Lexing;

namespace Models.Jinja.Rendering;

/// <summary>Information about the current call for a host function, filter or test.</summary>
public sealed class CallContext : ILocated
{
    private readonly ILocated? _place;
    private readonly SourceSpan _span;

    internal CallContext(Renderer renderer, ILocated place)
    {
        Renderer = renderer;
        _place = place;
    }

    private CallContext(Renderer renderer, SourceSpan span)
    {
        Renderer = renderer;
        _span = span;
    }

    /// <summary>The position of the call expression in its template.</summary>
    public SourceSpan Span => _place?.Span ?? _span;

    /// <summary>The host's state from <see cref="RenderOptions.State"/>.</summary>
    public object? State => Renderer.Options.State;

    public RenderOptions Options => Renderer.Options;

    /// <summary>The active macro calls, innermost first.</summary>
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

    /// <summary>The active macro calls as a clause to append to a message; empty outside of macros.</summary>
    public string Trail => Renderer.Trail();

    internal Renderer Renderer { get; }

    /// <summary>Creates a context to call a macro from outside any template.</summary>
    /// <param name="options">The globals are not used: a macro has its own.</param>
    /// <param name="span">The position to report as the caller.</param>
    public static CallContext Create(RenderOptions options, SourceSpan span) => new(new Renderer(options), span);

    /// <summary>Calls a macro, host function or bound method.</summary>
    public object? Call(object? callee, CallArguments arguments) => Operators.Call(this, callee, arguments);

    /// <summary>Evaluates <c>value.name</c>.</summary>
    public object? GetAttribute(object? value, string name) => Operators.GetAttribute(Renderer, this, value, name);

    /// <summary>Evaluates <c>value[key]</c>.</summary>
    public object? GetItem(object? value, object? key) => Operators.GetItem(Renderer, this, value, key);

    public bool IsTrue(object? value) => Operators.IsTrue(Renderer, this, value);

    public IEnumerable<object?> Iterate(object? value) => Operators.Iterate(Renderer, this, value);

    /// <summary>Converts a value to the text that printing it writes.</summary>
    public string Print(object? value) => Renderer.Print(value, this);

    /// <summary>Renders another template within this rendering, with the same macro calls and limits.</summary>
    public string Render(Template template, IJinjaScope globals) => template.RenderWithin(Renderer, globals);

    /// <summary>Returns the text with its source map, if a macro, a set block or a rendering produced it.</summary>
    public RenderedTemplate WithMap(string text) =>
        Renderer.TryGetMap(text, out var segments) ? new RenderedTemplate(text, new SourceMap(segments)) : RenderedTemplate.Unmapped(text);

    /// <summary>An error in the arguments, reported at the call.</summary>
    public DiagnosticException ArgumentError(string message) => Renderer.ArgumentError(this, message);

    /// <summary>An invalid value, reported at the call.</summary>
    public DiagnosticException ValueError(string message) => Renderer.ValueError(this, message);

    internal DiagnosticException TypeError(string message) => Renderer.TypeError(this, message);
}
