using Models.Diagnostics;
using Models.Jinja.Lexing;

namespace Models.Jinja.Parsing;

/// <summary>Reads the tokens of a template one by one.</summary>
internal sealed class TokenReader(SourceText source, List<Token> tokens)
{
    private int _at;

    public SourceText Source { get; } = source;

    public Token Current => tokens[_at];

    public TokenKind Kind => tokens[_at].Kind;

    /// <summary>The index of the current token; can be set to read again from an earlier token.</summary>
    public int Position
    {
        get => _at;
        set => _at = value;
    }

    /// <summary>The offset at which the token before the current one ends.</summary>
    public int PreviousEnd => _at == 0 ? 0 : tokens[_at - 1].End;

    /// <summary>The end of the tag whose last word has just been read.</summary>
    public int TagEnd => Kind == TokenKind.BlockEnd ? Current.End : PreviousEnd;

    public Token Next => tokens[Math.Min(_at + 1, tokens.Count - 1)];

    public Token Take()
    {
        var token = tokens[_at];
        if (token.Kind != TokenKind.End)
            _at++;
        return token;
    }

    public bool Skip(TokenKind kind)
    {
        if (Kind != kind)
            return false;

        Take();
        return true;
    }

    public bool SkipName(string name)
    {
        if (!Current.IsName(name))
            return false;

        Take();
        return true;
    }

    public Token Expect(TokenKind kind)
    {
        if (Kind != kind)
            throw Unexpected(TokenNames.Of(kind));

        return Take();
    }

    public void ExpectName(string name)
    {
        if (!SkipName(name))
            throw Unexpected($"'{name}'");
    }

    public ParseFailure Unexpected(string expected) => Kind == TokenKind.Error
        ? new ParseFailure(diagnostic: null)
        : new ParseFailure(TemplateDiagnostics.UnexpectedToken(Span(Current), Describe(Current), expected));

    public SourceSpan Span(Token token) => Source.Span(token.Start, token.Length);

    public string Describe(Token token) => token.Kind switch
    {
        TokenKind.End => "the end of the template",
        TokenKind.BlockEnd or TokenKind.VariableEnd => "the end of the tag",
        TokenKind.Name => $"'{token.Text}'",
        TokenKind.Data => "text",
        _ => $"'{Source.Text.AsSpan(token.Start, Math.Min(token.Length, 40))}'",
    };

    /// <summary>Skips to the end of the tag that contains the current token.</summary>
    public void SkipTag()
    {
        while (Kind is not (TokenKind.BlockEnd or TokenKind.VariableEnd or TokenKind.End))
            Take();
        Take();
    }
}
