using Models.Diagnostics;
using Models.Jinja.Lexing;
using Models.Jinja.Rendering;
using Models.Jinja.Rendering.Nodes;

namespace Models.Jinja.Parsing;

/// <summary>Parses macros, call blocks, and dbt's blocks: test, materialization, snapshot, docs.</summary>
internal sealed class MacroParser(
    StatementParser statementParser,
    TemplateParser template,
    TokenReader tokens,
    ExpressionParser expressions,
    TemplateSyntax syntax)
{
    private readonly SourceText _source = tokens.Source;

    public bool Parse(int start, Token tag, List<StatementNode> statements)
    {
        switch (tag.Text)
        {
            case "macro":
                statements.Add(ParseMacro(start, tag, MacroBlockKind.Macro, prefix: ""));
                return true;
            case "call":
                statements.Add(ParseCallBlock(start, tag));
                return true;
            case "test" or "data_test" when syntax.DbtBlocks:
                statements.Add(ParseMacro(start, tag, MacroBlockKind.Test, prefix: "test_"));
                return true;
            case "materialization" when syntax.DbtBlocks:
                statements.Add(ParseMaterialization(start, tag));
                return true;
            case "snapshot" when syntax.DbtBlocks:
                ParseSnapshot(start, tag);
                return true;
            case "docs" when syntax.DbtBlocks:
                ParseDocs(start, tag);
                return true;
            default:
                return false;
        }
    }

    private MacroStatement ParseMacro(int start, Token tag, MacroBlockKind kind, string prefix)
    {
        tokens.Take();
        var name = tokens.Expect(TokenKind.Name);
        var isTopLevel = template.IsTopLevel;
        var parameters = ParseSignature();
        var code = ParseCode(start, tag, prefix + name.Text, parameters, StatementParser.EndsOf(tag.Text!)!);
        return Create(start, kind, name, code, isTopLevel, adapter: null);
    }

    private MacroStatement ParseMaterialization(int start, Token tag)
    {
        tokens.Take();
        var name = tokens.Expect(TokenKind.Name);
        var isTopLevel = template.IsTopLevel;
        string? adapter = null;
        Expression? languages = null;
        while (tokens.Skip(TokenKind.Comma))
        {
            var option = tokens.Expect(TokenKind.Name);
            if (option.Text == "default")
                continue;

            tokens.Expect(TokenKind.Assign);
            if (option.Text == "adapter")
                adapter = tokens.Expect(TokenKind.Text).Text;
            else if (option.Text == "supported_languages")
                languages = expressions.ParseExpression();
            else
                throw new ParseFailure(TemplateDiagnostics.Syntax(
                    tokens.Span(option), $"a materialization takes 'default', 'adapter' and 'supported_languages', not '{option.Text}'"));
        }

        languages ??= new ListExpression(_source, name.Start, name.Length, [new ConstantExpression(_source, name.Start, name.Length, "sql")]);
        var parameters = new[] { new MacroParameter("supported_languages", languages) };
        var code = ParseCode(start, tag, $"materialization_{name.Text}_{adapter ?? "default"}", parameters, StatementParser.EndsOf("materialization")!);
        return Create(start, MacroBlockKind.Materialization, name, code, isTopLevel, adapter ?? "default");
    }

    private MacroStatement Create(int start, MacroBlockKind kind, Token name, MacroCode code, bool isTopLevel, string? adapter)
    {
        MacroBlock? block = null;
        if (isTopLevel)
        {
            block = new MacroBlock(kind, name.Text!, code, _source.Span(name.Start, name.Length)) { Adapter = adapter };
            template.Macros.Add(block);
        }

        return new MacroStatement(_source, start, tokens.PreviousEnd - start, code, block);
    }

    private CallBlockStatement ParseCallBlock(int start, Token tag)
    {
        tokens.Take();
        var parameters = tokens.Kind == TokenKind.LeftParenthesis ? ParseSignature() : [];
        var callStart = tokens.Current;
        if (expressions.ParseExpression() is not CallExpression call)
            throw new ParseFailure(TemplateDiagnostics.Syntax(tokens.Span(callStart), "a call block needs a call: name(arguments)"));

        var code = ParseCode(start, tag, "caller", parameters, StatementParser.EndsOf("call")!);
        return new CallBlockStatement(_source, start, tokens.PreviousEnd - start, call, code);
    }

    private MacroCode ParseCode(int start, Token tag, string name, MacroParameter[] parameters, string[] ends)
    {
        var (varargs, kwargs, caller) = (expressions.SpecialNames.Varargs, expressions.SpecialNames.Kwargs, expressions.SpecialNames.Caller);
        var loopDepth = statementParser.LoopDepth;
        statementParser.LoopDepth = 0;
        var body = template.ParseBlock(tag, ends, out _);
        statementParser.LoopDepth = loopDepth;
        return new MacroCode(_source, start, tokens.TagEnd - start, name, parameters, body)
        {
            UsesVarargs = expressions.SpecialNames.Varargs > varargs && !parameters.Any(p => p.Name == "varargs"),
            UsesKwargs = expressions.SpecialNames.Kwargs > kwargs && !parameters.Any(p => p.Name == "kwargs"),
            UsesCaller = expressions.SpecialNames.Caller > caller && !parameters.Any(p => p.Name == "caller"),
        };
    }

    private MacroParameter[] ParseSignature()
    {
        tokens.Expect(TokenKind.LeftParenthesis);
        var parameters = new List<MacroParameter>();
        while (tokens.Kind != TokenKind.RightParenthesis)
        {
            if (parameters.Count > 0)
                tokens.Expect(TokenKind.Comma);

            var name = tokens.Expect(TokenKind.Name);
            if (parameters.Exists(p => p.Name == name.Text))
                throw new ParseFailure(TemplateDiagnostics.Syntax(tokens.Span(name), $"the parameter '{name.Text}' is named twice"));
            if (syntax.DbtBlocks && tokens.Skip(TokenKind.Colon))
                SkipTypeName();

            if (tokens.Skip(TokenKind.Assign))
                parameters.Add(new MacroParameter(name.Text!, expressions.ParseExpression()));
            else if (parameters.Count > 0 && parameters[^1].Default is not null)
                throw new ParseFailure(
                    TemplateDiagnostics.Syntax(tokens.Span(name), $"the parameter '{name.Text}' needs a default, as the one before it has one"));
            else
                parameters.Add(new MacroParameter(name.Text!, Default: null));
        }

        tokens.Expect(TokenKind.RightParenthesis);
        return [.. parameters];
    }

    /// <summary>Skips a parameter's type annotation, which dbt allows: <c>columns: list[str]</c>. It has no effect.</summary>
    private void SkipTypeName()
    {
        tokens.Expect(TokenKind.Name);
        var open = 0;
        while (open > 0 || tokens.Kind == TokenKind.LeftBracket)
        {
            open += tokens.Kind switch
            {
                TokenKind.LeftBracket => 1,
                TokenKind.RightBracket => -1,
                TokenKind.Name or TokenKind.Comma => 0,
                _ => throw tokens.Unexpected("the name of a type"),
            };
            tokens.Take();
        }
    }

    private void ParseSnapshot(int start, Token tag)
    {
        tokens.Take();
        var name = tokens.Expect(TokenKind.Name);
        var body = template.ParseBlock(tag, StatementParser.EndsOf("snapshot")!, out _);
        var code = TemplateCode.Bind(body, syntax, [], template.Diagnostics);
        template.Snapshots.Add(
            new SnapshotBlock(name.Text!, new Template(_source, code, template.Diagnostics), _source.Span(name.Start, name.Length), start, tokens.TagEnd));
    }

    private void ParseDocs(int start, Token tag)
    {
        tokens.Take();
        var name = tokens.Expect(TokenKind.Name);
        var body = template.ParseBlock(tag, StatementParser.EndsOf("docs")!, out _);
        var text = string.Concat(body.Statements.ToArray().OfType<TextStatement>().Select(s => s.Text));
        template.Docs.Add(new DocsBlock(name.Text!, text.Trim(), _source.Span(start, tokens.TagEnd - start)));
    }
}
