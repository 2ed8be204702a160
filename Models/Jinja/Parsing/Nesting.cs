using System.Runtime.CompilerServices;
using Models.Diagnostics;
using Models.Jinja.Lexing;

namespace Models.Jinja.Parsing;

/// <summary>Keeps what is nested within bounds that no stack can overflow in.</summary>
internal sealed class Nesting
{
    public const int MaxDepth = 250;

    /// <summary>Operators, attributes or filters in one row: a row becomes a tree as deep as it is long.</summary>
    public const int MaxChain = 1000;

    /// <summary>How deep the reading is; set back where it leaves a tag halfway.</summary>
    public int Depth { get; set; }

    public void Enter(TokenReader tokens)
    {
        if (++Depth > MaxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new NestingFailure(TemplateDiagnostics.Nesting(tokens.Span(tokens.Current), MaxDepth));
    }

    public void Leave() => Depth--;

    public static void CheckChain(int length, TokenReader tokens)
    {
        if (length > MaxChain)
            throw new ParseFailure(TemplateDiagnostics.Nesting(tokens.Span(tokens.Current), MaxChain));
    }
}

/// <summary>Ends the reading of a template that is nested too deeply: what follows would only repeat the message.</summary>
internal sealed class NestingFailure(Diagnostic diagnostic) : Exception
{
    public Diagnostic Diagnostic { get; } = diagnostic;
}
