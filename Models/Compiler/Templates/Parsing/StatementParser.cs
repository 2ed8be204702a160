using Models.Compiler.Diagnostics;
using Models.Compiler.Templates.Lexing;
using Models.Compiler.Templates.Parsing.Ast;

namespace Models.Compiler.Templates.Parsing;

/// <summary>One tag each: what follows its name, and its body where it has one.</summary>
internal sealed class StatementParser(
    TemplateParser template,
    TokenReader tokens,
    ExpressionParser expressions,
    Nesting nesting,
    TemplateSyntax syntax)
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

    private readonly SourceText _source = tokens.Source;
    private readonly MacroParser _macros = new(template, tokens, expressions, syntax);
    private readonly ImportParser _imports = new(tokens, expressions);

    public IEnumerable<string> TagNames =>
        [.. Ends.Keys.Where(tag => syntax.DbtBlocks || tag is not ("test" or "data_test" or "materialization" or "snapshot" or "docs")), .. Ends.Values.SelectMany(e => e), "set", "do", "print", "include", "import", "from", "extends", "raw"];

    public static string[]? EndsOf(string tag) => Ends.GetValueOrDefault(tag);

    public static bool IsEndTag(string tag) => tag is "else" or "elif" or "endset" or "endraw" || Ends.Values.Any(e => e.Contains(tag));

    /// <summary>Reads the tag whose name is the current token; false where there is no such tag.</summary>
    public bool Parse(int start, Token tag, List<Statement> statements)
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
                tokens.Take();
                var value = expressions.ParseTuple();
                statements.Add(ReturnOf(start, tokens.PreviousEnd, value) ?? (Statement)new DoStatement(_source, start, tokens.PreviousEnd - start, value));
                return true;
            case "print":
                ParsePrint(start, statements);
                return true;
            case "with":
                statements.Add(ParseWith(start, tag));
                return true;
            case "autoescape":
                tokens.Take();
                expressions.ParseExpression();
                var body = template.ParseBlock(tag, Ends["autoescape"], out _);
                statements.Add(new WithStatement(_source, start, tokens.PreviousEnd - start, [], body));
                return true;
            case "filter":
                tokens.Take();
                var filters = expressions.ParseFilterChain();
                var filtered = template.ParseBlock(tag, Ends["filter"], out _);
                statements.Add(new FilterStatement(_source, start, tokens.PreviousEnd - start, filters, filtered));
                return true;
            case "block":
                statements.Add(ParseInheritanceBlock(start, tag));
                return true;
            default:
                return _imports.Parse(start, tag, statements) || _macros.Parse(start, tag, statements);
        }
    }

    /// <summary>What <c>{{ value }}</c> does.</summary>
    public Statement Output(int start, int end, Expression value) =>
        ReturnOf(start, end, value) ?? (Statement)new OutputStatement(_source, start, end - start, value);

    private ReturnStatement? ReturnOf(int start, int end, Expression value)
    {
        if (!syntax.DbtBlocks || value is not CallExpression { Callee: NameExpression { Name: "return" }, Arguments.IsSingle: true } call)
            return null;

        return new ReturnStatement(_source, start, end - start, call.Arguments.Positional[0]);
    }

    private ForStatement ParseFor(int start, Token tag)
    {
        tokens.Take();
        var targetAt = tokens.Position;
        var target = ParseTarget(endName: "in", withNamespace: false);
        tokens.ExpectName("in");
        var items = expressions.ParseTuple(withConditional: false, endName: "recursive");
        Expression? condition = null;
        AssignmentTarget? conditionTarget = null;
        if (tokens.SkipName("if"))
        {
            condition = expressions.ParseExpression();
            var after = tokens.Position;
            tokens.Position = targetAt;
            conditionTarget = ParseTarget(endName: "in", withNamespace: false);
            tokens.Position = after;
        }

        var isRecursive = tokens.SkipName("recursive");
        var loopReads = expressions.LoopReads;
        var body = template.ParseBlock(tag, Ends["for"], out var end);
        var usesLoop = expressions.LoopReads > loopReads;
        var otherwise = end == "else" ? template.ParseBlock(tag, ["endfor"], out _) : Body.Empty;
        return new ForStatement(_source, start, tokens.PreviousEnd - start, target, items, condition, isRecursive, usesLoop, body, otherwise)
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
            tokens.SkipName("if");
            var condition = expressions.ParseTuple(withConditional: false);
            branches.Add((condition, template.ParseBlock(tag, Ends["if"], out end)));
        }
        while (end == "elif");

        var otherwise = end == "else" ? template.ParseBlock(tag, ["endif"], out _) : Body.Empty;
        return new IfStatement(_source, start, tokens.PreviousEnd - start, [.. branches], otherwise);
    }

    private Statement ParseSet(int start, Token tag)
    {
        tokens.Take();
        var target = ParseTarget(endName: null, withNamespace: true);
        if (tokens.Skip(TokenKind.Assign))
        {
            var value = expressions.ParseTuple();
            return new SetStatement(_source, start, tokens.PreviousEnd - start, target, value);
        }

        var filters = tokens.Skip(TokenKind.Pipe) ? expressions.ParseFilterChain() : FilterChain.None;
        if (tokens.Kind is not (TokenKind.BlockEnd or TokenKind.Colon))
            throw tokens.Unexpected("'=' or the end of the tag");

        var body = template.ParseBlock(tag, ["endset"], out _);
        return new SetBlockStatement(_source, start, tokens.PreviousEnd - start, target, filters, body);
    }

    private void ParsePrint(int start, List<Statement> statements)
    {
        tokens.Take();
        var isFirst = true;
        while (tokens.Kind is not (TokenKind.BlockEnd or TokenKind.End))
        {
            if (!isFirst)
                tokens.Expect(TokenKind.Comma);
            isFirst = false;
            var value = expressions.ParseExpression();
            statements.Add(new OutputStatement(_source, start, tokens.PreviousEnd - start, value));
        }
    }

    private WithStatement ParseWith(int start, Token tag)
    {
        tokens.Take();
        var assignments = new List<(AssignmentTarget Target, Expression Value)>();
        while (tokens.Kind is not (TokenKind.BlockEnd or TokenKind.Colon or TokenKind.End))
        {
            if (assignments.Count > 0)
                tokens.Expect(TokenKind.Comma);
            var target = ParseTarget(endName: null, withNamespace: false);
            tokens.Expect(TokenKind.Assign);
            assignments.Add((target, expressions.ParseExpression()));
        }

        var body = template.ParseBlock(tag, Ends["with"], out _);
        return new WithStatement(_source, start, tokens.PreviousEnd - start, [.. assignments], body);
    }

    private BlockStatement ParseInheritanceBlock(int start, Token tag)
    {
        tokens.Take();
        var name = tokens.Expect(TokenKind.Name);
        var isScoped = tokens.SkipName("scoped");
        var isRequired = tokens.SkipName("required");
        if (template.Blocks.ContainsKey(name.Text!))
            template.Report(TemplateDiagnostics.Syntax(tokens.Span(name), $"the block '{name.Text}' is defined twice: give one of them another name"));

        var body = template.ParseBlock(tag, Ends["block"], out _);
        if (isRequired && body.Statements.ToArray().Any(s => s is not TextStatement text || !string.IsNullOrWhiteSpace(text.Text)))
            template.Report(TemplateDiagnostics.Syntax(tokens.Span(name), $"the required block '{name.Text}' can hold comments and blanks only"));
        tokens.SkipName(name.Text!);

        var code = new BlockBody(_source, start, tokens.PreviousEnd - start, name.Text!, body) { IsRequired = isRequired };
        template.Blocks[name.Text!] = code;
        return new BlockStatement(_source, start, tokens.PreviousEnd - start, code, isScoped);
    }

    /// <summary>A name, <c>a, b</c>, <c>(a, (b, c))</c> or, where allowed, <c>ns.name</c>.</summary>
    private AssignmentTarget ParseTarget(string? endName, bool withNamespace)
    {
        var start = tokens.Current.Start;
        var targets = new List<AssignmentTarget>();
        var isTuple = false;
        while (targets.Count == 0 || !EndsTarget(endName))
        {
            targets.Add(ParseSingleTarget(withNamespace));
            if (!tokens.Skip(TokenKind.Comma))
                break;
            isTuple = true;
        }

        return isTuple ? new TupleTarget(_source, start, tokens.PreviousEnd - start, [.. targets]) : targets[0];
    }

    private bool EndsTarget(string? endName) =>
        tokens.Kind is TokenKind.BlockEnd or TokenKind.RightParenthesis or TokenKind.Assign or TokenKind.End
        || (endName is not null && tokens.Current.IsName(endName));

    private AssignmentTarget ParseSingleTarget(bool withNamespace)
    {
        var token = tokens.Current;
        if (tokens.Skip(TokenKind.LeftParenthesis))
        {
            nesting.Enter(tokens.Span(token));
            var inner = ParseTarget(endName: null, withNamespace: false);
            nesting.Leave();
            tokens.Expect(TokenKind.RightParenthesis);
            return inner;
        }

        if (token.Kind != TokenKind.Name)
            throw tokens.Unexpected("a name to assign to");
        if (token.Text is "true" or "false" or "none" or "True" or "False" or "None")
            throw new ParseFailure(TemplateDiagnostics.Syntax(tokens.Span(token), $"'{token.Text}' is a constant and cannot be assigned to"));

        tokens.Take();
        if (withNamespace && tokens.Skip(TokenKind.Dot))
        {
            var attribute = tokens.Expect(TokenKind.Name);
            var name = new NameExpression(_source, token.Start, token.Length, token.Text!);
            return new NamespaceTarget(_source, token.Start, tokens.PreviousEnd - token.Start, name, attribute.Text!);
        }

        return new NameTarget(_source, token.Start, token.Length, token.Text!);
    }
}
