using Models.Diagnostics;
using Models.Jinja.Lexing;
using Models.Jinja.Rendering;
using Models.Jinja.Rendering.Nodes;

namespace Models.Jinja.Parsing;

/// <summary>Parses statements and text. A tag that cannot be parsed is reported and skipped, so that all errors of a file are reported together.</summary>
internal sealed class TemplateParser
{
    private readonly SourceText _source;
    private readonly TemplateSyntax _syntax;
    private readonly DiagnosticBag _diagnostics;
    private readonly TokenReader _tokens;
    private readonly Nesting _nesting = new();
    private readonly ExpressionParser _expressions;
    private readonly StatementParser _statements;
    private readonly Stack<string[]> _openEnds = new();

    private TemplateParser(SourceText source, TemplateSyntax syntax, DiagnosticBag diagnostics, List<Token> tokens)
    {
        _source = source;
        _syntax = syntax;
        _diagnostics = diagnostics;
        _tokens = new TokenReader(source, tokens);
        _expressions = new ExpressionParser(_tokens, _nesting);
        _statements = new StatementParser(this, _tokens, _expressions, _nesting, syntax);
    }

    public List<MacroBlock> Macros { get; } = [];

    public List<SnapshotBlock> Snapshots { get; } = [];

    public List<DocsBlock> Docs { get; } = [];

    public Dictionary<string, BlockBody> Blocks { get; } = new(StringComparer.Ordinal);

    /// <summary>True outside of all blocks.</summary>
    public bool IsTopLevel => _openEnds.Count == 0;

    public bool HasErrors { get; private set; }

    public DiagnosticBag Diagnostics => _diagnostics;

    public static (TemplateParser Parser, Body Body) Parse(SourceText source, TemplateSyntax syntax, DiagnosticBag diagnostics)
    {
        var lexical = new DiagnosticBag();
        var tokens = Lexer.Tokenize(source, syntax, lexical);
        var parser = new TemplateParser(source, syntax, diagnostics, tokens);
        if (lexical.HasErrors)
        {
            foreach (var diagnostic in lexical.ToSortedList())
                parser.Report(diagnostic);
        }

        try
        {
            return (parser, parser.ParseBody([]));
        }
        catch (NestingFailure failure)
        {
            parser.Report(failure.Diagnostic);
            return (parser, Body.Empty);
        }
    }

    public void Report(Diagnostic diagnostic)
    {
        HasErrors = true;
        _diagnostics.Add(diagnostic);
    }

    /// <summary>Parses the rest of a block's first tag, its body, and the name of the tag that ends it.</summary>
    /// <param name="tag">The block's name, for messages.</param>
    /// <param name="ends">The names of the tags that can end the body.</param>
    /// <param name="end">The name of the tag that ended it; the current token follows it.</param>
    public Body ParseBlock(Token tag, string[] ends, out string end)
    {
        _tokens.Skip(TokenKind.Colon);
        ExpectTagEnd();
        _nesting.Enter(_tokens);
        _openEnds.Push(ends);
        var body = ParseBody(ends);
        _openEnds.Pop();
        _nesting.Leave();

        if (_tokens.Kind == TokenKind.End)
        {
            Report(TemplateDiagnostics.UnclosedBlock(_tokens.Span(tag), tag.Text!, ends.Select(e => $"{_syntax.BlockStart} {e} {_syntax.BlockEnd}")));
            end = ends[^1];
        }
        else
        {
            end = _tokens.Take().Text!;
        }

        return body;
    }

    /// <summary>Reads the end of a tag; reports and skips extra tokens before it.</summary>
    public void ExpectTagEnd()
    {
        if (_tokens.Skip(TokenKind.BlockEnd) || _tokens.Kind == TokenKind.End)
            return;

        Recover(_tokens.Unexpected("the end of the tag"));
    }

    private Body ParseBody(string[] ends)
    {
        var statements = new List<StatementNode>();
        while (_tokens.Kind != TokenKind.End)
        {
            var token = _tokens.Take();
            switch (token.Kind)
            {
                case TokenKind.Data:
                    statements.Add(new TextStatement(_source, token.Start, token.Length, token.Text!));
                    break;
                case TokenKind.VariableBegin:
                    AddOutput(statements, token);
                    break;
                case TokenKind.BlockBegin:
                    if (_tokens.Kind == TokenKind.Name && Array.IndexOf(ends, _tokens.Current.Text) >= 0)
                        return new Body([.. statements]);
                    AddStatement(statements, token);
                    break;
            }
        }

        return new Body([.. statements]);
    }

    private void AddOutput(List<StatementNode> statements, Token begin)
    {
        var depth = _nesting.Depth;
        try
        {
            var value = _expressions.ParseTuple();
            _tokens.Expect(TokenKind.VariableEnd);
            statements.Add(_statements.Output(begin.Start, _tokens.PreviousEnd, value));
        }
        catch (ParseFailure failure)
        {
            _nesting.Depth = depth;
            Recover(failure);
        }
    }

    private void AddStatement(List<StatementNode> statements, Token begin)
    {
        if (_tokens.Kind != TokenKind.Name)
        {
            Recover(_tokens.Unexpected("the name of a tag"));
            return;
        }

        var tag = _tokens.Current;
        var depth = _nesting.Depth;
        try
        {
            if (!_statements.Parse(begin.Start, tag, statements))
            {
                ReportUnknown(tag);
                _tokens.SkipTag();
                return;
            }

            ExpectTagEnd();
        }
        catch (ParseFailure failure)
        {
            _nesting.Depth = depth;
            Recover(failure);
            if (StatementParser.EndsOf(tag.Text!) is { } ends)
                SkipBlock(tag, ends);
        }
    }

    private void Recover(ParseFailure failure)
    {
        if (failure.Diagnostic is not null)
            Report(failure.Diagnostic);
        _tokens.SkipTag();
    }

    /// <summary>Parses the body of a block whose first tag was invalid, only to report the errors in it.</summary>
    private void SkipBlock(Token tag, string[] ends)
    {
        _nesting.Enter(_tokens);
        _openEnds.Push(ends);
        while (true)
        {
            ParseBody(ends);
            if (_tokens.Kind == TokenKind.End)
            {
                Report(TemplateDiagnostics.UnclosedBlock(_tokens.Span(tag), tag.Text!, [$"{_syntax.BlockStart} {ends[^1]} {_syntax.BlockEnd}"]));
                break;
            }

            var isLast = _tokens.Current.Text == ends[^1];
            _tokens.SkipTag();
            if (isLast)
                break;
        }

        _openEnds.Pop();
        _nesting.Leave();
    }

    private void ReportUnknown(Token tag)
    {
        var span = _tokens.Span(tag);
        if (StatementParser.IsEndTag(tag.Text!))
        {
            var hint = _openEnds.TryPeek(out var ends) ? $": the open block ends with '{ends[^1]}'" : ": no block is open";
            Report(TemplateDiagnostics.StrayTag(span, tag.Text!, hint));
            return;
        }

        Report(TemplateDiagnostics.UnknownTag(span, tag.Text!, NearName.Hint(tag.Text!, _statements.TagNames)));
    }
}
