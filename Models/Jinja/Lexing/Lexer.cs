using Models.Diagnostics;

namespace Models.Jinja.Lexing;

/// <summary>
/// Splits a template into text and tags, tokenizes the tags, and applies whitespace control. Every line break in text becomes <c>\n</c>; text with
/// other line breaks is split at each of them, so that offsets within one token match the file.
/// </summary>
internal sealed class Lexer
{
    private readonly SourceText _source;
    private readonly string _text;
    private readonly int _end;
    private readonly TemplateSyntax _syntax;
    private readonly DiagnosticBag _diagnostics;
    private readonly TagDelimiters _delimiters;
    private readonly List<Token> _tokens;
    private int _at;

    /// <summary>True once it is known that the rest of the file contains no <c>enddocs</c> tag.</summary>
    private bool _hasNoDocsEnd;

    private Lexer(SourceText source, TemplateSyntax syntax, DiagnosticBag diagnostics)
    {
        _source = source;
        _text = source.Text;
        _syntax = syntax;
        _diagnostics = diagnostics;
        _delimiters = TagDelimiters.Of(syntax);
        _tokens = new List<Token>(Math.Max(16, _text.Length / 8));
        _end = syntax.KeepTrailingNewline ? _text.Length : WithoutTrailingNewline(_text);
    }

    public static List<Token> Tokenize(SourceText source, TemplateSyntax syntax, DiagnosticBag diagnostics)
    {
        var lexer = new Lexer(source, syntax, diagnostics);
        lexer.ReadTemplate();
        lexer._tokens.Add(new Token(TokenKind.End, lexer._end, 0));
        return lexer._tokens;
    }

    private static int WithoutTrailingNewline(string text)
    {
        if (text.EndsWith("\r\n", StringComparison.Ordinal))
            return text.Length - 2;
        return text.Length > 0 && text[^1] is '\n' or '\r' ? text.Length - 1 : text.Length;
    }

    private void ReadTemplate()
    {
        while (_at < _end)
        {
            var tag = _delimiters.FindNext(_text, _at, _end, out var start);
            if (tag == TagKind.None)
            {
                AddData(_at, _end);
                return;
            }

            ReadTag(tag, start);
        }
    }

    private void ReadTag(TagKind tag, int start)
    {
        var inner = start + _delimiters.StartLength(tag, _text, start);
        var sign = tag is TagKind.LineStatement or TagKind.LineComment ? '\0' : SignAt(inner);
        if (sign is '-' or '+')
            inner++;

        AddData(_at, DataEnd(tag, start, sign));
        _at = inner;
        switch (tag)
        {
            case TagKind.Comment:
                SkipComment(start);
                break;
            case TagKind.LineComment:
                SkipLine();
                break;
            case TagKind.Block when TryReadRaw(start) || (_syntax.DbtBlocks && TryReadDocs(start, inner)):
                break;
            case TagKind.Variable:
                _tokens.Add(new Token(TokenKind.VariableBegin, start, inner - start));
                ReadInside(tag, start);
                break;
            default:
                _tokens.Add(new Token(TokenKind.BlockBegin, start, inner - start));
                ReadInside(tag, start);
                break;
        }
    }

    private char SignAt(int offset) => offset < _end && _text[offset] is '-' or '+' ? _text[offset] : '\0';

    /// <summary>The offset at which the text before a tag ends after whitespace control.</summary>
    private int DataEnd(TagKind tag, int start, char sign)
    {
        if (sign == '-')
        {
            var end = start;
            while (end > _at && char.IsWhiteSpace(_text[end - 1]))
                end--;
            return end;
        }

        if (sign == '+' || !_syntax.LstripBlocks || tag is TagKind.Variable or TagKind.LineStatement or TagKind.LineComment)
            return start;

        var lineStart = start;
        while (lineStart > _at && _text[lineStart - 1] is not ('\n' or '\r'))
        {
            lineStart--;
            if (!char.IsWhiteSpace(_text[lineStart]))
                return start;
        }

        var startsLine = lineStart == 0 || _text[lineStart - 1] is '\n' or '\r';
        return startsLine ? lineStart : start;
    }

    private void AddData(int start, int end)
    {
        if (start >= end)
            return;

        var span = _text.AsSpan(start, end - start);
        if (!span.Contains('\r'))
        {
            _tokens.Add(new Token(TokenKind.Data, start, end - start, span.ToString()));
            return;
        }

        while (start < end)
        {
            var cr = _text.AsSpan(start, end - start).IndexOf('\r');
            if (cr < 0)
            {
                _tokens.Add(new Token(TokenKind.Data, start, end - start, _text[start..end]));
                return;
            }

            _tokens.Add(new Token(TokenKind.Data, start, cr + 1, string.Concat(_text.AsSpan(start, cr), "\n")));
            start += cr + 1;
            if (start < end && _text[start] == '\n')
                start++;
        }
    }

    private void SkipComment(int start)
    {
        var close = _text.IndexOf(_syntax.CommentEnd, _at, _end - _at, StringComparison.Ordinal);
        if (close < 0)
        {
            Report(TemplateDiagnostics.UnterminatedTag(_source.Span(start, _syntax.CommentStart.Length), _syntax.CommentStart, _syntax.CommentEnd));
            _at = _end;
            return;
        }

        var sign = close > _at ? _text[close - 1] : '\0';
        _at = close + _syntax.CommentEnd.Length;
        AfterTag(sign, _syntax.TrimBlocks);
    }

    /// <summary>Skips the end of a line statement, including the blank lines that follow it.</summary>
    private void SkipLineEnd()
    {
        var at = _at;
        while (at < _end && char.IsWhiteSpace(_text[at]))
        {
            if (_text[at++] is '\n' or '\r')
                _at = at;
        }

        if (at == _end)
            _at = _end;
    }

    private void SkipLine()
    {
        while (_at < _end && _text[_at] is not ('\n' or '\r'))
            _at++;
    }

    private void AfterTag(char sign, bool trimNewline)
    {
        if (sign == '-')
        {
            while (_at < _end && char.IsWhiteSpace(_text[_at]))
                _at++;
        }
        else if (sign != '+' && trimNewline && _at < _end)
        {
            if (_text[_at] == '\r' && _at + 1 < _end && _text[_at + 1] == '\n')
                _at += 2;
            else if (_text[_at] is '\n' or '\r')
                _at++;
        }
    }

    /// <summary>Reads <c>{% raw %}</c> up to its <c>{% endraw %}</c> as text.</summary>
    private bool TryReadRaw(int start)
    {
        if (!TryMatchTag(_at, "raw", out var bodyStart, out var sign))
            return false;

        _at = bodyStart;
        AfterTag(sign, trimNewline: false);
        for (var at = _at; ; at++)
        {
            at = at >= _end ? -1 : _text.IndexOf(_syntax.BlockStart, at, _end - at, StringComparison.Ordinal);
            if (at < 0)
            {
                Report(TemplateDiagnostics.UnclosedBlock(_source.Span(start, bodyStart - start), "raw", ["{% endraw %}"]));
                AddData(_at, _end);
                _at = _end;
                return true;
            }

            var inner = at + _syntax.BlockStart.Length;
            var endSign = SignAt(inner);
            if (!TryMatchTag(endSign == '\0' ? inner : inner + 1, "endraw", out var after, out var closeSign))
                continue;

            AddData(_at, DataEnd(TagKind.Block, at, endSign));
            _at = after;
            AfterTag(closeSign, _syntax.TrimBlocks);
            return true;
        }
    }

    /// <summary>Reads dbt's <c>{% docs name %}</c> up to its <c>{% enddocs %}</c> as text between two tags.</summary>
    private bool TryReadDocs(int start, int inner)
    {
        if (_hasNoDocsEnd || DocsReader.MatchTag(_text, start) is not { } first)
            return false;
        if (DocsReader.MatchEnd(_text, first.End, _end) is not { } last)
        {
            _hasNoDocsEnd = true;
            return false;
        }

        _tokens.Add(new Token(TokenKind.BlockBegin, start, inner - start));
        _tokens.Add(new Token(TokenKind.Name, inner, 0, "docs"));
        _tokens.Add(new Token(TokenKind.Name, inner, 0, first.Name));
        _tokens.Add(new Token(TokenKind.BlockEnd, first.End, 0));
        AddData(first.End, last.Start);
        _tokens.Add(new Token(TokenKind.BlockBegin, last.Start, 0));
        _tokens.Add(new Token(TokenKind.Name, last.Start, 0, "enddocs"));
        _tokens.Add(new Token(TokenKind.BlockEnd, last.End, 0));
        _at = last.End;
        return true;
    }

    private bool TryMatchTag(int at, string name, out int after, out char sign)
    {
        after = 0;
        sign = '\0';
        while (at < _end && char.IsWhiteSpace(_text[at]))
            at++;
        if (string.CompareOrdinal(_text, at, name, 0, name.Length) != 0)
            return false;

        at += name.Length;
        while (at < _end && char.IsWhiteSpace(_text[at]))
            at++;
        sign = SignAt(at);
        if (sign != '\0')
            at++;
        after = at + _syntax.BlockEnd.Length;
        return after <= _end && string.CompareOrdinal(_text, at, _syntax.BlockEnd, 0, _syntax.BlockEnd.Length) == 0;
    }

    private void ReadInside(TagKind tag, int start)
    {
        var reader = new TagLexer(_source, _syntax, _diagnostics, _tokens, _end, tag, start, _at);
        var sign = reader.Read();
        _at = reader.Position;
        if (tag == TagKind.LineStatement)
            SkipLineEnd();
        else
            AfterTag(sign, tag == TagKind.Block && _syntax.TrimBlocks);
    }

    private void Report(Diagnostic diagnostic) => _diagnostics.Add(diagnostic);
}
