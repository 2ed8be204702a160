using System.Runtime.CompilerServices;
using Models.Diagnostics;
using Models.Jinja.Lexing;

namespace Models.Jinja.Parsing;

/// <summary>Limits the nesting depth, so that no template overflows the stack.</summary>
internal sealed class Nesting
{
    public const int MaxDepth = 250;

    /// <summary>The maximum number of chained operators, attributes or filters: a chain becomes a tree as deep as the chain is long.</summary>
    public const int MaxChain = 1000;

    /// <summary>The current nesting depth; restored when the parser abandons a tag.</summary>
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

/// <summary>Stops the parsing of a template that is nested too deeply: parsing on would only repeat the message.</summary>
internal sealed class NestingFailure(Diagnostic diagnostic) : Exception
{
    public Diagnostic Diagnostic { get; } = diagnostic;
}
