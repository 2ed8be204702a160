using System.Globalization;
using Models.Diagnostics;

namespace Models.Jinja.Lexing;

/// <summary>Tokenizes the inside of one tag. An unclosed tag ends where the next one starts, so that lexing can continue.</summary>
internal sealed class TagLexer(
    SourceText source,
    TemplateSyntax syntax,
    DiagnosticBag diagnostics,
    List<Token> tokens,
    int end,
    TagKind tag,
    int start,
    int position)
{
    private readonly SourceText _source = source;
    private readonly string _text = source.Text;
    private readonly TemplateSyntax _syntax = syntax;
    private readonly DiagnosticBag _diagnostics = diagnostics;
    private readonly List<Token> _tokens = tokens;
    private readonly int _end = end;
    private readonly TagKind _tag = tag;
    private readonly int _start = start;
    private readonly Stack<(char Close, int Start)> _brackets = new();
    private int _at = position;

    /// <summary>The offset up to which the tag has been read.</summary>
    public int Position => _at;

    /// <summary>Reads up to the end of the tag.</summary>
    /// <returns>The whitespace control sign at the end of the tag.</returns>
    public char Read()
    {
        while (true)
        {
            var isLine = _tag == TagKind.LineStatement && _brackets.Count == 0;
            SkipWhitespace(isLine);
            if (isLine && (_at >= _end || _text[_at] is '\n' or '\r'))
            {
                _tokens.Add(new Token(TokenKind.BlockEnd, _at, 0));
                return '\0';
            }

            if (_at >= _end || StartsWith(_syntax.BlockStart, _at))
            {
                ReportUnterminated();
                _tokens.Add(new Token(TokenKind.Error, _at, 0));
                _tokens.Add(new Token(EndKind, _at, 0));
                return '\0';
            }

            if (_tag != TagKind.LineStatement && _brackets.Count == 0 && TryEnd(out var sign))
                return sign;

            if (!ReadToken())
            {
                _tokens.Add(new Token(TokenKind.Error, _at, 0));
                Recover();
            }
        }
    }

    private string StartText => _tag == TagKind.Variable ? _syntax.VariableStart : _syntax.BlockStart;

    private string EndText => _tag == TagKind.Variable ? _syntax.VariableEnd : _syntax.BlockEnd;

    private TokenKind EndKind => _tag == TagKind.Variable ? TokenKind.VariableEnd : TokenKind.BlockEnd;

    private bool TryEnd(out char sign)
    {
        sign = _text[_at] is '-' || (_text[_at] is '+' && _tag == TagKind.Block) ? _text[_at] : '\0';
        if (sign != '\0' && !StartsWith(EndText, _at + 1))
            sign = '\0';
        var at = sign == '\0' ? _at : _at + 1;
        if (!StartsWith(EndText, at))
            return false;

        _tokens.Add(new Token(EndKind, _at, at + EndText.Length - _at));
        _at = at + EndText.Length;
        return true;
    }

    private void ReportUnterminated()
    {
        var (start, open, close) = _brackets.TryPeek(out var bracket)
            ? (bracket.Start, _text[bracket.Start].ToString(), bracket.Close.ToString())
            : (_start, StartText, EndText);
        _diagnostics.Add(TemplateDiagnostics.UnterminatedTag(_source.Span(start, open.Length), open, close));
    }

    private bool StartsWith(string text, int at) =>
        at + text.Length <= _end && string.CompareOrdinal(_text, at, text, 0, text.Length) == 0;

    private void SkipWhitespace(bool withinLine)
    {
        while (_at < _end && char.IsWhiteSpace(_text[_at]) && !(withinLine && _text[_at] is '\n' or '\r'))
            _at++;
    }

    /// <summary>After an invalid token: skips to the end of the tag, if there is one.</summary>
    private void Recover()
    {
        _brackets.Clear();
        var close = _text.IndexOf(EndText, _at, _end - _at, StringComparison.Ordinal);
        _at = close < 0 ? _end : close > _at && _text[close - 1] == '-' ? close - 1 : close;
    }

    private bool ReadToken()
    {
        var c = _text[_at];
        if (char.IsAsciiDigit(c))
        {
            var previous = _at > 0 ? _text[_at - 1] : '\0';
            var (length, isFloat) = NumberLiteral.Measure(_text.AsSpan(_at, _end - _at), afterDot: previous == '.');
            _tokens.Add(new Token(isFloat ? TokenKind.Float : TokenKind.Integer, _at, length, _text.Substring(_at, length)));
            _at += length;
            return true;
        }

        if (IsNameStart(c))
        {
            var from = _at++;
            while (_at < _end && IsNamePart(_text[_at]))
                _at++;
            _tokens.Add(new Token(TokenKind.Name, from, _at - from, CommonNames.Intern(_text.AsSpan(from, _at - from))));
            return true;
        }

        return c is '"' or '\'' ? ReadString(c) : ReadOperator(c);
    }

    private static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c == '_' || (c > 127 && char.IsLetter(c));

    private static bool IsNamePart(char c) => char.IsAsciiLetterOrDigit(c) || c == '_'
        || (c > 127 && (char.IsLetterOrDigit(c) || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark));

    private bool ReadString(char quote)
    {
        var from = _at++;
        while (_at < _end && _text[_at] != quote)
            _at += _text[_at] == '\\' ? 2 : 1;
        if (_at >= _end)
        {
            _diagnostics.Add(TemplateDiagnostics.UnterminatedString(_source.Span(from, 1), quote));
            _at = from + 1;
            return false;
        }

        _at++;
        _tokens.Add(new Token(TokenKind.Text, from, _at - from, StringLiteral.Decode(_text.AsSpan(from + 1, _at - from - 2))));
        return true;
    }

    private bool ReadOperator(char c)
    {
        var (kind, length) = Operator(c, _at + 1 < _end ? _text[_at + 1] : '\0');
        if (length == 0)
        {
            _diagnostics.Add(TemplateDiagnostics.UnexpectedCharacter(_source.Span(_at, 1), c));
            return false;
        }

        switch (c)
        {
            case '(':
                _brackets.Push((')', _at));
                break;
            case '[':
                _brackets.Push((']', _at));
                break;
            case '{':
                _brackets.Push(('}', _at));
                break;
            case ')' or ']' or '}' when !_brackets.TryPop(out var open) || open.Close != c:
                _diagnostics.Add(open.Close == '\0'
                    ? TemplateDiagnostics.UnexpectedCharacter(_source.Span(_at, 1), c)
                    : TemplateDiagnostics.Bracket(_source.Span(_at, 1), c.ToString(), open.Close.ToString()));
                return false;
        }

        _tokens.Add(new Token(kind, _at, length));
        _at += length;
        return true;
    }

    private static (TokenKind Kind, int Length) Operator(char c, char next) => (c, next) switch
    {
        ('/', '/') => (TokenKind.FloorDivide, 2),
        ('*', '*') => (TokenKind.Power, 2),
        ('=', '=') => (TokenKind.Equal, 2),
        ('!', '=') => (TokenKind.NotEqual, 2),
        ('<', '=') => (TokenKind.LessOrEqual, 2),
        ('>', '=') => (TokenKind.GreaterOrEqual, 2),
        ('+', _) => (TokenKind.Add, 1),
        ('-', _) => (TokenKind.Subtract, 1),
        ('*', _) => (TokenKind.Multiply, 1),
        ('/', _) => (TokenKind.Divide, 1),
        ('%', _) => (TokenKind.Modulo, 1),
        ('~', _) => (TokenKind.Tilde, 1),
        ('(', _) => (TokenKind.LeftParenthesis, 1),
        (')', _) => (TokenKind.RightParenthesis, 1),
        ('[', _) => (TokenKind.LeftBracket, 1),
        (']', _) => (TokenKind.RightBracket, 1),
        ('{', _) => (TokenKind.LeftBrace, 1),
        ('}', _) => (TokenKind.RightBrace, 1),
        ('<', _) => (TokenKind.Less, 1),
        ('>', _) => (TokenKind.Greater, 1),
        ('=', _) => (TokenKind.Assign, 1),
        ('.', _) => (TokenKind.Dot, 1),
        (':', _) => (TokenKind.Colon, 1),
        (';', _) => (TokenKind.Semicolon, 1),
        (',', _) => (TokenKind.Comma, 1),
        ('|', _) => (TokenKind.Pipe, 1),
        _ => (TokenKind.End, 0),
    };
}
