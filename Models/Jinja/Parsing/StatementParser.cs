using Models.Diagnostics;
using Models.Jinja.Lexing;
using Models.Jinja.Rendering.Nodes;

namespace Models.Jinja.Parsing;

/// <summary>Parses the rest of a tag after its name, and its body if it has one.</summary>
internal sealed class StatementParser
{
    private static readonly Dictionary<string, string[]> Ends = new(StringComparer.Ordinal)
    {
        ["for"] = ["else", "endfor"],
        ["if"] = ["elif", "else", "endif"],
        ["with"] = ["endwith"],
        ["autoescape"] = ["endautoescape"],
        ["block"] = ["endblock"],
        ["macro"] = ["endmacro"],
        ["call"] = ["endcall"],
        ["filter"] = ["endfilter"],
        ["test"] = ["endtest"],
        ["data_test"] = ["enddata_test", "endtest"],
        ["materialization"] = ["endmaterialization"],
        ["snapshot"] = ["endsnapshot"],
        ["docs"] = ["enddocs"],
    };

    private readonly TemplateParser _template;
    private readonly TokenReader _tokens;
    private readonly ExpressionParser _expressions;
    private readonly Nesting _nesting;
    private readonly TemplateSyntax _syntax;
    private readonly SourceText _source;
    private readonly MacroParser _macros;
    private readonly ImportParser _imports;

    public StatementParser(TemplateParser template, TokenReader tokens, ExpressionParser expressions, Nesting nesting, TemplateSyntax syntax)
    {
        _template = template;
        _tokens = tokens;
        _expressions = expressions;
        _nesting = nesting;
        _syntax = syntax;
        _source = tokens.Source;
        _macros = new MacroParser(this, template, tokens, expressions, syntax);
        _imports = new ImportParser(tokens, expressions);
    }

    public IEnumerable<string> TagNames =>
        [.. Ends.Keys.Where(tag => _syntax.DbtBlocks || tag is not ("test" or "data_test" or "materialization" or "snapshot" or "docs")),
            .. Ends.Values.SelectMany(e => e), "set", "do", "print", "break", "continue", "include", "import", "from", "extends", "raw"];

    /// <summary>The number of loops around the current tag within the same macro.</summary>
    public int LoopDepth { get; set; }

    public static string[]? EndsOf(string tag) => Ends.GetValueOrDefault(tag);

    public static bool IsEndTag(string tag) => tag is "else" or "elif" or "endset" or "endraw" || Ends.Values.Any(e => e.Contains(tag));

    /// <summary>Parses the tag whose name is the current token; returns false for an unknown tag.</summary>
    public bool Parse(int start, Token tag, List<StatementNode> statements)
    {
        switch (tag.Text)
        {
            case "for":
                statements.Add(ParseFor(start, tag));
                return true;
            case "if":
                statements.Add(ParseIf(start, tag));
                return true;
            case "set":
                statements.Add(ParseSet(start, tag));
                return true;
            case "do":
                _tokens.Take();
                var value = _expressions.ParseTuple();
                statements.Add(
                    ReturnOf(start, _tokens.PreviousEnd, value) ?? (StatementNode)new DoStatement(_source, start, _tokens.PreviousEnd - start, value));
                return true;
            case "break" or "continue":
                _tokens.Take();
                if (LoopDepth == 0)
                    throw new ParseFailure(TemplateDiagnostics.Syntax(_tokens.Span(tag), $"'{tag.Text}' is outside of a loop"));
                statements.Add(new JumpStatement(_source, start, tag.End - start, tag.Text == "break" ? Flow.Break : Flow.Continue));
                return true;
            case "print":
                ParsePrint(start, statements);
                return true;
            case "with":
                statements.Add(ParseWith(start, tag));
                return true;
            case "autoescape":
                _tokens.Take();
                _expressions.ParseExpression();
                var body = _template.ParseBlock(tag, Ends["autoescape"], out _);
                statements.Add(new WithStatement(_source, start, _tokens.PreviousEnd - start, [], body));
                return true;
            case "filter":
                _tokens.Take();
                var filters = _expressions.ParseFilterChain();
                var filtered = _template.ParseBlock(tag, Ends["filter"], out _);
                statements.Add(new FilterStatement(_source, start, _tokens.PreviousEnd - start, new CapturedBody(filters, filtered)));
                return true;
            case "block":
                statements.Add(ParseInheritanceBlock(start, tag));
                return true;
            default:
                return _imports.Parse(start, tag, statements) || _macros.Parse(start, tag, statements);
        }
    }

    /// <summary>Creates the statement for <c>{{ value }}</c>.</summary>
    public StatementNode Output(int start, int end, Expression value) =>
        ReturnOf(start, end, value) ?? (StatementNode)new OutputStatement(_source, start, end - start, value);

    private ReturnStatement? ReturnOf(int start, int end, Expression value)
    {
        if (!_syntax.DbtBlocks || value is not CallExpression { Callee: NameExpression { Name: "return" }, Arguments.IsSingle: true } call)
            return null;

        return new ReturnStatement(_source, start, end - start, call.Arguments.Positional[0]);
    }

    private ForStatement ParseFor(int start, Token tag)
    {
        _tokens.Take();
        var targetAt = _tokens.Position;
        var target = ParseTarget(endName: "in", withNamespace: false);
        _tokens.ExpectName("in");
        var items = _expressions.ParseTuple(withConditional: false, endName: "recursive");
        Expression? condition = null;
        AssignmentTarget? conditionTarget = null;
        if (_tokens.SkipName("if"))
        {
            condition = _expressions.ParseExpression();
            var after = _tokens.Position;
            _tokens.Position = targetAt;
            conditionTarget = ParseTarget(endName: "in", withNamespace: false);
            _tokens.Position = after;
        }

        var isRecursive = _tokens.SkipName("recursive");
        var loopReads = _expressions.SpecialNames.Loop;
        LoopDepth++;
        var body = _template.ParseBlock(tag, Ends["for"], out var end);
        LoopDepth--;
        var usesLoop = _expressions.SpecialNames.Loop > loopReads;
        var otherwise = end == "else" ? _template.ParseBlock(tag, ["endfor"], out _) : Body.Empty;
        return new ForStatement(_source, start, _tokens.PreviousEnd - start, target, items, condition, isRecursive, usesLoop, body, otherwise)
        {
            ConditionTarget = conditionTarget,
        };
    }

    private IfStatement ParseIf(int start, Token tag)
    {
        var branches = new List<(Expression Condition, Body Body)>();
        string end;
        do
        {
            _tokens.SkipName("if");
            var condition = _expressions.ParseTuple(withConditional: false);
            branches.Add((condition, _template.ParseBlock(tag, Ends["if"], out end)));
        }
        while (end == "elif");

        var otherwise = end == "else" ? _template.ParseBlock(tag, ["endif"], out _) : Body.Empty;
        return new IfStatement(_source, start, _tokens.PreviousEnd - start, [.. branches], otherwise);
    }

    private StatementNode ParseSet(int start, Token tag)
    {
        _tokens.Take();
        var target = ParseTarget(endName: null, withNamespace: true);
        if (_tokens.Skip(TokenKind.Assign))
        {
            var value = _expressions.ParseTuple();
            return new SetStatement(_source, start, _tokens.PreviousEnd - start, target, value);
        }

        var filters = _tokens.Skip(TokenKind.Pipe) ? _expressions.ParseFilterChain() : FilterChain.None;
        if (_tokens.Kind is not (TokenKind.BlockEnd or TokenKind.Colon))
            throw _tokens.Unexpected("'=' or the end of the tag");

        var body = _template.ParseBlock(tag, ["endset"], out _);
        return new SetBlockStatement(_source, start, _tokens.PreviousEnd - start, target, new CapturedBody(filters, body));
    }

    private void ParsePrint(int start, List<StatementNode> statements)
    {
        _tokens.Take();
        var isFirst = true;
        while (_tokens.Kind is not (TokenKind.BlockEnd or TokenKind.End))
        {
            if (!isFirst)
                _tokens.Expect(TokenKind.Comma);
            isFirst = false;
            var value = _expressions.ParseExpression();
            statements.Add(new OutputStatement(_source, start, _tokens.PreviousEnd - start, value));
        }
    }

    private WithStatement ParseWith(int start, Token tag)
    {
        _tokens.Take();
        var assignments = new List<(AssignmentTarget Target, Expression Value)>();
        while (_tokens.Kind is not (TokenKind.BlockEnd or TokenKind.Colon or TokenKind.End))
        {
            if (assignments.Count > 0)
                _tokens.Expect(TokenKind.Comma);
            var target = ParseTarget(endName: null, withNamespace: false);
            _tokens.Expect(TokenKind.Assign);
            assignments.Add((target, _expressions.ParseExpression()));
        }

        var body = _template.ParseBlock(tag, Ends["with"], out _);
        return new WithStatement(_source, start, _tokens.PreviousEnd - start, [.. assignments], body);
    }

    private BlockStatement ParseInheritanceBlock(int start, Token tag)
    {
        _tokens.Take();
        var name = _tokens.Expect(TokenKind.Name);
        var isScoped = _tokens.SkipName("scoped");
        var isRequired = _tokens.SkipName("required");
        if (_template.Blocks.ContainsKey(name.Text!))
            _template.Report(TemplateDiagnostics.Syntax(_tokens.Span(name), $"the block '{name.Text}' is defined twice: give one of them another name"));

        var body = _template.ParseBlock(tag, Ends["block"], out _);
        if (isRequired && body.Statements.ToArray().Any(s => s is not TextStatement text || !string.IsNullOrWhiteSpace(text.Text)))
            _template.Report(TemplateDiagnostics.Syntax(_tokens.Span(name), $"the required block '{name.Text}' can hold comments and blanks only"));
        _tokens.SkipName(name.Text!);

        var code = new BlockBody(_source, start, _tokens.PreviousEnd - start, name.Text!, body) { IsRequired = isRequired };
        _template.Blocks[name.Text!] = code;
        return new BlockStatement(_source, start, _tokens.PreviousEnd - start, code, isScoped);
    }

    /// <summary>Parses a name, <c>a, b</c>, <c>(a, (b, c))</c> or, if allowed, <c>ns.name</c>.</summary>
    private AssignmentTarget ParseTarget(string? endName, bool withNamespace)
    {
        var start = _tokens.Current.Start;
        var targets = new List<AssignmentTarget>();
        var isTuple = false;
        while (targets.Count == 0 || !EndsTarget(endName))
        {
            targets.Add(ParseSingleTarget(withNamespace));
            if (!_tokens.Skip(TokenKind.Comma))
                break;
            isTuple = true;
        }

        return isTuple ? new TupleTarget(_source, start, _tokens.PreviousEnd - start, [.. targets]) : targets[0];
    }

    private bool EndsTarget(string? endName) =>
        _tokens.Kind is TokenKind.BlockEnd or TokenKind.RightParenthesis or TokenKind.Assign or TokenKind.End
        || (endName is not null && _tokens.Current.IsName(endName));

    private AssignmentTarget ParseSingleTarget(bool withNamespace)
    {
        var token = _tokens.Current;
        if (_tokens.Skip(TokenKind.LeftParenthesis))
        {
            _nesting.Enter(_tokens);
            var inner = ParseTarget(endName: null, withNamespace: false);
            _nesting.Leave();
            _tokens.Expect(TokenKind.RightParenthesis);
            return inner;
        }

        if (token.Kind != TokenKind.Name)
            throw _tokens.Unexpected("a name to assign to");
        if (token.Text is "true" or "false" or "none" or "True" or "False" or "None")
            throw new ParseFailure(TemplateDiagnostics.Syntax(_tokens.Span(token), $"'{token.Text}' is a constant and cannot be assigned to"));

        _tokens.Take();
        if (withNamespace && _tokens.Skip(TokenKind.Dot))
        {
            var attribute = _tokens.Expect(TokenKind.Name);
            var name = new NameExpression(_source, token.Start, token.Length, token.Text!);
            return new NamespaceTarget(_source, token.Start, _tokens.PreviousEnd - token.Start, name, attribute.Text!);
        }

        return new NameTarget(_source, token.Start, token.Length, token.Text!);
    }
}
