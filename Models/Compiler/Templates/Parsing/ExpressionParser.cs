using Models.Compiler.Diagnostics;
using Models.Compiler.Templates.Lexing;
using Models.Compiler.Templates.Parsing.Ast;

namespace Models.Compiler.Templates.Parsing;

/// <summary>Expressions by precedence: inline if, or, and, not, comparison, + -, ~, * / // %, **, sign, postfix, filter and test.</summary>
internal sealed class ExpressionParser(TokenReader tokens, Nesting nesting)
{
    private readonly SourceText _source = tokens.Source;

    /// <summary>How often each name that a macro may accept silently has been read so far.</summary>
    public int VarargsReads { get; private set; }

    public int KwargsReads { get; private set; }

    public int CallerReads { get; private set; }

    public int LoopReads { get; private set; }

    public Expression ParseExpression() => ParseConditional();

    /// <summary>Several expressions with commas are a tuple.</summary>
    /// <param name="withConditional">False where an <c>if</c> belongs to the statement.</param>
    /// <param name="endName">A name that ends the tuple.</param>
    /// <param name="isParenthesised">True where the tuple may be empty.</param>
    public Expression ParseTuple(bool withConditional = true, string? endName = null, bool isParenthesised = false)
    {
        var start = tokens.Current.Start;
        List<Expression>? items = null;
        Expression? only = null;
        var isTuple = false;
        while (!EndsTuple(endName))
        {
            var item = withConditional ? ParseExpression() : ParseOr();
            if (only is null)
                only = item;
            else
                (items ??= [only]).Add(item);

            if (!tokens.Skip(TokenKind.Comma))
                break;
            isTuple = true;
        }

        if (!isTuple && only is not null)
            return only;
        if (only is null && !isParenthesised)
            throw tokens.Unexpected("an expression");

        Expression[] all = items is not null ? [.. items] : only is not null ? [only] : [];
        return new TupleExpression(_source, start, tokens.PreviousEnd - start, all);
    }

    /// <summary>What stands in the parentheses of a call.</summary>
    public ArgumentList ParseArguments()
    {
        tokens.Expect(TokenKind.LeftParenthesis);
        if (tokens.Skip(TokenKind.RightParenthesis))
            return ArgumentList.None;

        var positional = new List<Expression>();
        var keyword = new List<(string Name, Expression Value)>();
        Expression? morePositional = null, moreKeyword = null;
        var isFirst = true;
        while (tokens.Kind != TokenKind.RightParenthesis)
        {
            if (!isFirst)
            {
                tokens.Expect(TokenKind.Comma);
                if (tokens.Kind == TokenKind.RightParenthesis)
                    break;
            }

            isFirst = false;
            if (tokens.Kind == TokenKind.Multiply && morePositional is null && moreKeyword is null)
            {
                tokens.Take();
                morePositional = ParseExpression();
            }
            else if (tokens.Kind == TokenKind.Power && moreKeyword is null)
            {
                tokens.Take();
                moreKeyword = ParseExpression();
            }
            else if (tokens.Kind == TokenKind.Name && tokens.Next.Kind == TokenKind.Assign && moreKeyword is null)
            {
                var name = tokens.Take();
                tokens.Take();
                if (keyword.Exists(k => k.Name == name.Text))
                    throw new ParseFailure(TemplateDiagnostics.Syntax(tokens.Span(name), $"the argument '{name.Text}' is given twice"));
                keyword.Add((name.Text!, ParseExpression()));
            }
            else if (keyword.Count == 0 && morePositional is null && moreKeyword is null)
            {
                positional.Add(ParseExpression());
            }
            else
            {
                throw new ParseFailure(TemplateDiagnostics.Syntax(
                    tokens.Span(tokens.Current), "an argument without a name cannot follow one with a name: move it to the front"));
            }
        }

        tokens.Expect(TokenKind.RightParenthesis);
        return new ArgumentList([.. positional], [.. keyword], morePositional, moreKeyword);
    }

    /// <summary>Filters without a value before them: <c>name(arguments) | name</c>.</summary>
    public FilterChain ParseFilterChain()
    {
        var filters = new List<FilterExpression>();
        do
        {
            filters.Add(ParseFilter(tokens.Current.Start, value: null));
        }
        while (tokens.Skip(TokenKind.Pipe));

        return new FilterChain([.. filters]);
    }

    private bool EndsTuple(string? endName) =>
        tokens.Kind is TokenKind.VariableEnd or TokenKind.BlockEnd or TokenKind.RightParenthesis or TokenKind.End
        || (endName is not null && tokens.Current.IsName(endName));

    private Expression ParseConditional()
    {
        nesting.Enter(tokens);
        var start = tokens.Current.Start;
        var value = ParseOr();
        var chain = 0;
        while (tokens.SkipName("if"))
        {
            Nesting.CheckChain(++chain, tokens);
            var condition = ParseOr();
            var otherwise = tokens.SkipName("else") ? ParseConditional() : null;
            value = new ConditionalExpression(_source, start, tokens.PreviousEnd - start, condition, value, otherwise);
        }

        nesting.Leave();
        return value;
    }

    private Expression ParseOr()
    {
        var start = tokens.Current.Start;
        var left = ParseAnd();
        for (var chain = 0; tokens.SkipName("or"); chain++)
        {
            Nesting.CheckChain(chain, tokens);
            var right = ParseAnd();
            left = new LogicalExpression(_source, start, tokens.PreviousEnd - start, isAnd: false, left, right);
        }

        return left;
    }

    private Expression ParseAnd()
    {
        var start = tokens.Current.Start;
        var left = ParseNot();
        for (var chain = 0; tokens.SkipName("and"); chain++)
        {
            Nesting.CheckChain(chain, tokens);
            var right = ParseNot();
            left = new LogicalExpression(_source, start, tokens.PreviousEnd - start, isAnd: true, left, right);
        }

        return left;
    }

    private Expression ParseNot()
    {
        if (!tokens.Current.IsName("not"))
            return ParseComparison();

        var start = tokens.Take().Start;
        nesting.Enter(tokens);
        var operand = ParseNot();
        nesting.Leave();
        return new NotExpression(_source, start, tokens.PreviousEnd - start, operand);
    }

    private Expression ParseComparison()
    {
        var start = tokens.Current.Start;
        var first = ParseSum();
        List<(ComparisonOperator Operator, Expression Operand)>? rest = null;
        while (TakeComparison() is { } operation)
            (rest ??= []).Add((operation, ParseSum()));

        return rest is null ? first : new ComparisonExpression(_source, start, tokens.PreviousEnd - start, first, [.. rest]);
    }

    private ComparisonOperator? TakeComparison()
    {
        ComparisonOperator? operation = tokens.Kind switch
        {
            TokenKind.Equal => ComparisonOperator.Equal,
            TokenKind.NotEqual => ComparisonOperator.NotEqual,
            TokenKind.Less => ComparisonOperator.Less,
            TokenKind.LessOrEqual => ComparisonOperator.LessOrEqual,
            TokenKind.Greater => ComparisonOperator.Greater,
            TokenKind.GreaterOrEqual => ComparisonOperator.GreaterOrEqual,
            TokenKind.Name when tokens.Current.Text == "in" => ComparisonOperator.In,
            TokenKind.Name when tokens.Current.Text == "not" && tokens.Next.IsName("in") => ComparisonOperator.NotIn,
            _ => null,
        };
        if (operation is null)
            return null;

        tokens.Take();
        if (operation == ComparisonOperator.NotIn)
            tokens.Take();
        return operation;
    }

    private Expression ParseSum()
    {
        var start = tokens.Current.Start;
        var left = ParseConcat();
        for (var chain = 0; tokens.Kind is TokenKind.Add or TokenKind.Subtract; chain++)
        {
            Nesting.CheckChain(chain, tokens);
            var operation = tokens.Take().Kind == TokenKind.Add ? ArithmeticOperator.Add : ArithmeticOperator.Subtract;
            var right = ParseConcat();
            left = new ArithmeticExpression(_source, start, tokens.PreviousEnd - start, operation, left, right);
        }

        return left;
    }

    private Expression ParseConcat()
    {
        var start = tokens.Current.Start;
        var first = ParseProduct();
        if (tokens.Kind != TokenKind.Tilde)
            return first;

        var parts = new List<Expression> { first };
        while (tokens.Skip(TokenKind.Tilde))
            parts.Add(ParseProduct());
        return new ConcatExpression(_source, start, tokens.PreviousEnd - start, [.. parts]);
    }

    private Expression ParseProduct()
    {
        var start = tokens.Current.Start;
        var left = ParsePower();
        for (var chain = 0; ProductOperator(tokens.Kind) is { } operation; chain++)
        {
            Nesting.CheckChain(chain, tokens);
            tokens.Take();
            var right = ParsePower();
            left = new ArithmeticExpression(_source, start, tokens.PreviousEnd - start, operation, left, right);
        }

        return left;
    }

    private static ArithmeticOperator? ProductOperator(TokenKind kind) => kind switch
    {
        TokenKind.Multiply => ArithmeticOperator.Multiply,
        TokenKind.Divide => ArithmeticOperator.Divide,
        TokenKind.FloorDivide => ArithmeticOperator.FloorDivide,
        TokenKind.Modulo => ArithmeticOperator.Modulo,
        _ => null,
    };

    /// <summary>Unlike Python's, Jinja's power groups from the left and binds less than a sign.</summary>
    private Expression ParsePower()
    {
        var start = tokens.Current.Start;
        var left = ParseUnary(withFilters: true);
        for (var chain = 0; tokens.Skip(TokenKind.Power); chain++)
        {
            Nesting.CheckChain(chain, tokens);
            var right = ParseUnary(withFilters: true);
            left = new ArithmeticExpression(_source, start, tokens.PreviousEnd - start, ArithmeticOperator.Power, left, right);
        }

        return left;
    }

    private Expression ParseUnary(bool withFilters)
    {
        var start = tokens.Current.Start;
        Expression value;
        if (tokens.Kind is TokenKind.Subtract or TokenKind.Add)
        {
            var isNegative = tokens.Take().Kind == TokenKind.Subtract;
            nesting.Enter(tokens);
            var operand = ParseUnary(withFilters: false);
            nesting.Leave();
            value = new SignExpression(_source, start, tokens.PreviousEnd - start, isNegative, operand);
        }
        else
        {
            value = ParsePrimary();
        }

        value = ParsePostfix(start, value);
        return withFilters ? ParseFiltersAndTests(start, value) : value;
    }

    private Expression ParsePrimary()
    {
        var token = tokens.Current;
        switch (token.Kind)
        {
            case TokenKind.Name:
                tokens.Take();
                return ParseName(token);
            case TokenKind.Text:
                return ParseText();
            case TokenKind.Integer:
                tokens.Take();
                return new ConstantExpression(_source, token.Start, token.Length, NumberLiteral.ParseInteger(token.Text!));
            case TokenKind.Float:
                tokens.Take();
                return new ConstantExpression(_source, token.Start, token.Length, NumberLiteral.ParseFloat(token.Text!));
            case TokenKind.LeftParenthesis:
                tokens.Take();
                var inner = ParseTuple(isParenthesised: true);
                tokens.Expect(TokenKind.RightParenthesis);
                return inner;
            case TokenKind.LeftBracket:
                return ParseList();
            case TokenKind.LeftBrace:
                return ParseDict();
            default:
                throw tokens.Unexpected("an expression");
        }
    }

    private Expression ParseName(Token token)
    {
        switch (token.Text)
        {
            case "true" or "True":
                return new ConstantExpression(_source, token.Start, token.Length, true);
            case "false" or "False":
                return new ConstantExpression(_source, token.Start, token.Length, false);
            case "none" or "None":
                return new ConstantExpression(_source, token.Start, token.Length, value: null);
            case "varargs":
                VarargsReads++;
                break;
            case "kwargs":
                KwargsReads++;
                break;
            case "caller":
                CallerReads++;
                break;
            case "loop":
                LoopReads++;
                break;
        }

        return new NameExpression(_source, token.Start, token.Length, token.Text!);
    }

    private ConstantExpression ParseText()
    {
        var start = tokens.Current.Start;
        var text = tokens.Take().Text!;
        if (tokens.Kind == TokenKind.Text)
        {
            var parts = new List<string> { text };
            while (tokens.Kind == TokenKind.Text)
                parts.Add(tokens.Take().Text!);
            text = string.Concat(parts);
        }

        return new ConstantExpression(_source, start, tokens.PreviousEnd - start, text);
    }

    private ListExpression ParseList()
    {
        var start = tokens.Take().Start;
        var items = new List<Expression>();
        while (tokens.Kind != TokenKind.RightBracket)
        {
            if (items.Count > 0)
                tokens.Expect(TokenKind.Comma);
            if (tokens.Kind == TokenKind.RightBracket)
                break;
            items.Add(ParseExpression());
        }

        tokens.Expect(TokenKind.RightBracket);
        return new ListExpression(_source, start, tokens.PreviousEnd - start, [.. items]);
    }

    private DictExpression ParseDict()
    {
        var start = tokens.Take().Start;
        var entries = new List<(Expression Key, Expression Value)>();
        while (tokens.Kind != TokenKind.RightBrace)
        {
            if (entries.Count > 0)
                tokens.Expect(TokenKind.Comma);
            if (tokens.Kind == TokenKind.RightBrace)
                break;
            var key = ParseExpression();
            tokens.Expect(TokenKind.Colon);
            entries.Add((key, ParseExpression()));
        }

        tokens.Expect(TokenKind.RightBrace);
        return new DictExpression(_source, start, tokens.PreviousEnd - start, [.. entries]);
    }

    private Expression ParsePostfix(int start, Expression value)
    {
        for (var chain = 0; ; chain++)
        {
            Nesting.CheckChain(chain, tokens);
            switch (tokens.Kind)
            {
                case TokenKind.Dot:
                    value = ParseAttribute(start, value);
                    break;
                case TokenKind.LeftBracket:
                    value = ParseItem(start, value);
                    break;
                case TokenKind.LeftParenthesis:
                    value = ParseCall(start, value);
                    break;
                default:
                    return value;
            }
        }
    }

    private CallExpression ParseCall(int start, Expression callee)
    {
        var arguments = ParseArguments();
        return new CallExpression(_source, start, tokens.PreviousEnd - start, callee, arguments);
    }

    private Expression ParseAttribute(int start, Expression target)
    {
        tokens.Take();
        var name = tokens.Current;
        if (name.Kind == TokenKind.Integer)
        {
            tokens.Take();
            var index = new ConstantExpression(_source, name.Start, name.Length, NumberLiteral.ParseInteger(name.Text!));
            return new ItemExpression(_source, start, tokens.PreviousEnd - start, target, index);
        }

        tokens.Expect(TokenKind.Name);
        return new AttributeExpression(_source, start, tokens.PreviousEnd - start, target, name.Text!);
    }

    private Expression ParseItem(int start, Expression target)
    {
        tokens.Take();
        var keyStart = tokens.Current.Start;
        var (from, isSlice, to, step) = ParseSubscript();
        if (isSlice)
        {
            tokens.Expect(TokenKind.RightBracket);
            return new SliceExpression(_source, start, tokens.PreviousEnd - start, target, from, to, step);
        }

        var key = from!;
        if (tokens.Kind == TokenKind.Comma)
        {
            var keys = new List<Expression> { key };
            while (tokens.Skip(TokenKind.Comma) && tokens.Kind != TokenKind.RightBracket)
                keys.Add(ParseExpression());
            key = new TupleExpression(_source, keyStart, tokens.PreviousEnd - keyStart, [.. keys]);
        }

        tokens.Expect(TokenKind.RightBracket);
        return new ItemExpression(_source, start, tokens.PreviousEnd - start, target, key);
    }

    private (Expression? From, bool IsSlice, Expression? To, Expression? Step) ParseSubscript()
    {
        Expression? from = null, to = null, step = null;
        if (tokens.Kind != TokenKind.Colon)
        {
            from = ParseExpression();
            if (tokens.Kind != TokenKind.Colon)
                return (from, false, null, null);
        }

        tokens.Expect(TokenKind.Colon);
        if (tokens.Kind is not (TokenKind.Colon or TokenKind.RightBracket))
            to = ParseExpression();
        if (tokens.Skip(TokenKind.Colon) && tokens.Kind != TokenKind.RightBracket)
            step = ParseExpression();
        return (from, true, to, step);
    }

    private Expression ParseFiltersAndTests(int start, Expression value)
    {
        for (var chain = 0; ; chain++)
        {
            Nesting.CheckChain(chain, tokens);
            if (tokens.Skip(TokenKind.Pipe))
                value = ParseFilter(start, value);
            else if (tokens.SkipName("is"))
                value = ParseTest(start, value);
            else if (tokens.Kind == TokenKind.LeftParenthesis)
                value = ParseCall(start, value);
            else
                return value;
        }
    }

    private FilterExpression ParseFilter(int start, Expression? value)
    {
        var nameStart = tokens.Current.Start;
        var name = ParseDottedName();
        var arguments = tokens.Kind == TokenKind.LeftParenthesis ? ParseArguments() : ArgumentList.None;
        return new FilterExpression(_source, start, tokens.PreviousEnd - start, value, name, nameStart, arguments);
    }

    private string ParseDottedName()
    {
        var name = tokens.Expect(TokenKind.Name).Text!;
        while (tokens.Skip(TokenKind.Dot))
            name += "." + tokens.Expect(TokenKind.Name).Text;
        return name;
    }

    private TestExpression ParseTest(int start, Expression value)
    {
        var isNegated = tokens.SkipName("not");
        var nameStart = tokens.Current.Start;
        var name = ParseDottedName();
        var arguments = ArgumentList.None;
        if (tokens.Kind == TokenKind.LeftParenthesis)
        {
            arguments = ParseArguments();
        }
        else if (StartsTestArgument())
        {
            if (tokens.Current.IsName("is"))
                throw new ParseFailure(TemplateDiagnostics.Syntax(tokens.Span(tokens.Current), "tests cannot be chained with 'is': join them with 'and'"));

            var argumentStart = tokens.Current.Start;
            var argument = ParsePostfix(argumentStart, ParsePrimary());
            arguments = new ArgumentList([argument], [], morePositional: null, moreKeyword: null);
        }

        return new TestExpression(_source, start, tokens.PreviousEnd - start, value, name, nameStart, arguments, isNegated);
    }

    private bool StartsTestArgument() => tokens.Kind switch
    {
        TokenKind.Name => tokens.Current.Text is not ("else" or "or" or "and"),
        TokenKind.Text or TokenKind.Integer or TokenKind.Float => true,
        TokenKind.LeftParenthesis or TokenKind.LeftBracket or TokenKind.LeftBrace => true,
        _ => false,
    };
}
