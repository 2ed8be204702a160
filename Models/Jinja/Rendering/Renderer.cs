using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Models.Diagnostics;
using Models.Jinja.Lexing;
using Models.Jinja.Rendering.Nodes;

namespace Models.Jinja.Rendering;

/// <summary>One rendering in progress: its output, active macro calls and limits.</summary>
internal sealed class Renderer(RenderOptions options)
{
    /// <summary>The source maps of strings that templates produced, by reference: a copy of a string has no map.</summary>
    private Dictionary<string, Segment[]>? _maps;
    private HashSet<object>? _markup;
    private Stack<MappedText>? _spare;
    private long _iterations;

    public RenderOptions Options { get; } = options;

    public MappedText Output { get; private set; } = new();

    /// <summary>The innermost active macro call.</summary>
    public MacroFrame? Call { get; private set; }

    /// <summary>The value of the <c>return</c> in progress.</summary>
    public object? Returned { get; set; }

    /// <summary>The number of nested templates, so that a template that includes itself ends.</summary>
    public int TemplateDepth { get; set; }

    public void WriteLiteral(string text, SourceText source, int start) => Output.AppendLiteral(text, source, start, Call);

    /// <summary>Prints an expression's value; a string that has a source map keeps it.</summary>
    public void WriteValue(string text, SourceText source, int start, int length, ILocated place)
    {
        if (TryGetMap(text, out var segments))
            Output.AppendMapped(text, segments);
        else
            Output.AppendValue(text, source, start, length, Call);

        if (Output.Length > Options.MaxTextLength)
            throw TooLong(place);
    }

    /// <summary>Redirects the output until <see cref="EndCapture"/>.</summary>
    public MappedText BeginCapture()
    {
        var outer = Output;
        Output = _spare is not null && _spare.TryPop(out var spare) ? spare : new MappedText();
        return outer;
    }

    /// <summary>Returns the text written since <see cref="BeginCapture"/> and remembers its source map.</summary>
    public string EndCapture(MappedText outer)
    {
        var text = Output.Text();
        SetMap(text, Output.Segments());
        DropCapture(outer);
        return text;
    }

    /// <summary>After an exception: restores <paramref name="outer"/> as the output, ending all captures.</summary>
    public void Unwind(MappedText outer) => Output = outer;

    /// <summary>Discards the text written since <see cref="BeginCapture"/>.</summary>
    public void DropCapture(MappedText outer)
    {
        Output.Clear();
        (_spare ??= new Stack<MappedText>()).Push(Output);
        Output = outer;
    }

    /// <summary>Marks a string as HTML, like Jinja's Markup. Returns a copy, so that equal strings elsewhere are not marked.</summary>
    public string MarkSafe(string text)
    {
        var marked = new string(text.AsSpan());
        (_markup ??= new(ReferenceEqualityComparer.Instance)).Add(marked);
        return marked;
    }

    public bool IsMarkup(string text) => _markup is not null && _markup.Contains(text);

    public bool TryGetMap(string text, [NotNullWhen(true)] out Segment[]? segments)
    {
        segments = null;
        return _maps is not null && _maps.TryGetValue(text, out segments);
    }

    public void SetMap(string text, Segment[] segments)
    {
        if (text.Length > 0)
            (_maps ??= new Dictionary<string, Segment[]>(ReferenceEqualityComparer.Instance))[text] = segments;
    }

    /// <summary>Transfers the source map of <paramref name="whole"/> to <paramref name="part"/>, which starts at <paramref name="start"/>.</summary>
    public string KeepMap(string whole, string part, int start)
    {
        if (part.Length > 0 && !ReferenceEquals(whole, part) && TryGetMap(whole, out var segments))
            SetMap(part, new RenderedTemplate(whole, new SourceMap(segments)).Slice(start, part.Length).Map.Segments.ToArray());
        return part;
    }

    /// <summary>Concatenates two strings and their source maps.</summary>
    public string Concat(string left, string right, ILocated place)
    {
        if (!TryGetMap(left, out _) && !TryGetMap(right, out _))
            return string.Concat(left, right);

        var outer = BeginCapture();
        foreach (var text in (ReadOnlySpan<string>)[left, right])
        {
            if (TryGetMap(text, out var segments) || place is not AstNode node)
                Output.AppendMapped(text, segments);
            else
                Output.AppendValue(text, node.Source, node.Start, node.Length, Call);
        }

        return EndCapture(outer);
    }

    public MacroFrame? EnterMacro(string name, ILocated place)
    {
        var outer = Call;
        if ((outer?.Depth ?? 0) >= Options.MaxMacroDepth)
            throw Fail(TemplateDiagnostics.Limit(
                place.Span, Trail(), $"macro '{name}' is called more than {Options.MaxMacroDepth} levels deep: does it call itself without end?"));

        EnsureStack(place);
        Options.CancellationToken.ThrowIfCancellationRequested();
        Call = new MacroFrame(name, place, outer);
        return outer;
    }

    public void LeaveMacro(MacroFrame? outer) => Call = outer;

    public void EnsureStack(ILocated place)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw Fail(TemplateDiagnostics.Limit(place.Span, Trail(), "this is nested or calls itself too deeply"));
    }

    public void CountIteration(ILocated place)
    {
        _iterations++;
        if ((_iterations & 1023) == 0)
            Options.CancellationToken.ThrowIfCancellationRequested();
        if (_iterations > Options.MaxIterations)
            throw Fail(TemplateDiagnostics.Limit(place.Span, Trail(), $"more than {Options.MaxIterations} loop iterations: does this loop end?"));
    }

    public void CheckLength(long length, ILocated place)
    {
        if (length > Options.MaxTextLength)
            throw TooLong(place);
    }

    /// <summary>Prints a value, if printing it is allowed.</summary>
    public string Print(object? value, ILocated place) => value switch
    {
        string text => text,
        Undefined undefined => !undefined.IsPrintable && Options.Undefined is UndefinedBehaviour.Strict or UndefinedBehaviour.PrintingFails
            ? throw UndefinedUse(undefined, place)
            : "",
        _ => PythonText.Str(value),
    };

    public DiagnosticException UndefinedUse(Undefined undefined, ILocated place) =>
        Fail(TemplateDiagnostics.Undefined(place.Span, Trail(), undefined.Description));

    public DiagnosticException TypeError(ILocated place, string message) =>
        Fail(TemplateDiagnostics.Type(place.Span, Trail(), message));

    public DiagnosticException ValueError(ILocated place, string message) =>
        Fail(TemplateDiagnostics.Value(place.Span, Trail(), message));

    public DiagnosticException ArgumentError(ILocated place, string message) =>
        Fail(TemplateDiagnostics.Arguments(place.Span, Trail(), message));

    public DiagnosticException LimitError(ILocated place, string message) =>
        Fail(TemplateDiagnostics.Limit(place.Span, Trail(), message));

    /// <summary>The active macro calls as a clause to append to a message.</summary>
    public string Trail()
    {
        if (Call is null)
            return "";

        var calls = $" (in macro '{Call.Macro}' called from {Call.Span}";
        var outermost = Call;
        while (outermost.Caller is not null)
            outermost = outermost.Caller;
        if (!ReferenceEquals(outermost, Call))
            calls += $", begun by macro '{outermost.Macro}' called from {outermost.Span}";
        return calls + ")";
    }

    public static DiagnosticException Fail(Diagnostic diagnostic) => new(diagnostic);

    private DiagnosticException TooLong(ILocated place) => LimitError(place, $"the text grows beyond {Options.MaxTextLength} characters");
}
