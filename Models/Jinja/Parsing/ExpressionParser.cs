using Models.Diagnostics;
using Models.Jinja.Lexing;
using Models.Jinja.Rendering;
using Models.Jinja.Rendering.Nodes;

namespace Models.Jinja.Parsing;

/// <summary>Parses expressions by precedence: inline if, or, and, not, comparison, + -, ~, * / // %, **, sign, then operands and postfixes.</summary>
internal sealed class ExpressionParser
{
    private readonly TokenReader _tokens;
    private readonly Nesting _nesting;
    private readonly SourceText _source;
    private readonly OperandParser _operands;
    private readonly PostfixParser _postfixes;

    public ExpressionParser(TokenReader tokens, Nesting nesting)
    {
        _tokens = tokens;
        _nesting = nesting;
        _source = tokens.Source;
        _operands = new OperandParser(this, tokens);
        _postfixes = new PostfixParser(this, _operands, tokens);
    }

    /// <summary>Counts the uses so far of names that have a value only if they are used.</summary>
    public SpecialNames SpecialNames => _operands.SpecialNames;

    public Expression ParseExpression() => ParseConditional();

    /// <summary>Parses the arguments between the parentheses of a call.</summary>
    public ArgumentList ParseArguments() => _postfixes.ParseArguments();

    /// <summary>Parses filters that have no value before them: <c>name(arguments) | name</c>.</summary>
    public FilterChain ParseFilterChain() => _postfixes.ParseFilterChain();

    /// <summary>Parses an expression; several expressions separated by commas form a tuple.</summary>
    /// <param name="withConditional">False if a following <c>if</c> belongs to the statement.</param>
    /// <param name="endName">A name that ends the tuple.</param>
    /// <param name="isParenthesised">True if the tuple may be empty.</param>
    public Expression ParseTuple(bool withConditional = true, string? endName = null, bool isParenthesised = false)
    {
        var start = _tokens.Current.Start;
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

            if (!_tokens.Skip(TokenKind.Comma))
                break;
            isTuple = true;
        }

        if (!isTuple && only is not null)
            return only;
        if (only is null && !isParenthesised)
            throw _tokens.Unexpected("an expression");

        Expression[] all = items is not null ? [.. items] : only is not null ? [only] : [];
        return new TupleExpression(_source, start, _tokens.PreviousEnd - start, all);
    }

    private bool EndsTuple(string? endName) =>
        _tokens.Kind is TokenKind.VariableEnd or TokenKind.BlockEnd or TokenKind.RightParenthesis or TokenKind.End
        || (endName is not null && _tokens.Current.IsName(endName));

    private Expression ParseConditional()
    {
        _nesting.Enter(_tokens);
        var start = _tokens.Current.Start;
        var value = ParseOr();
        var chain = 0;
        while (_tokens.SkipName("if"))
        {
            Nesting.CheckChain(++chain, _tokens);
            var condition = ParseOr();
            var otherwise = _tokens.SkipName("else") ? ParseConditional() : null;
            value = new ConditionalExpression(_source, start, _tokens.PreviousEnd - start, condition, value, otherwise);
        }

        _nesting.Leave();
        return value;
    }

    private Expression ParseOr()
    {
        var start = _tokens.Current.Start;
        var left = ParseAnd();
        for (var chain = 0; _tokens.SkipName("or"); chain++)
        {
            Nesting.CheckChain(chain, _tokens);
            var right = ParseAnd();
            left = new LogicalExpression(_source, start, _tokens.PreviousEnd - start, isAnd: false, left, right);
        }

        return left;
    }

    private Expression ParseAnd()
    {
        var start = _tokens.Current.Start;
        var left = ParseNot();
        for (var chain = 0; _tokens.SkipName("and"); chain++)
        {
            Nesting.CheckChain(chain, _tokens);
            var right = ParseNot();
            left = new LogicalExpression(_source, start, _tokens.PreviousEnd - start, isAnd: true, left, right);
        }

        return left;
    }

    private Expression ParseNot()
    {
        if (!_tokens.Current.IsName("not"))
            return ParseComparison();

        var start = _tokens.Take().Start;
        _nesting.Enter(_tokens);
        var operand = ParseNot();
        _nesting.Leave();
        return new NotExpression(_source, start, _tokens.PreviousEnd - start, operand);
    }

    private Expression ParseComparison()
    {
        var start = _tokens.Current.Start;
        var first = ParseSum();
        List<(ComparisonOperator Operator, Expression Operand)>? rest = null;
        while (TakeComparison() is { } operation)
            (rest ??= []).Add((operation, ParseSum()));

        return rest is null ? first : new ComparisonExpression(_source, start, _tokens.PreviousEnd - start, first, [.. rest]);
    }

    private ComparisonOperator? TakeComparison()
    {
        ComparisonOperator? operation = _tokens.Kind switch
        {
            TokenKind.Equal => ComparisonOperator.Equal,
            TokenKind.NotEqual => ComparisonOperator.NotEqual,
            TokenKind.Less => ComparisonOperator.Less,
            TokenKind.LessOrEqual => ComparisonOperator.LessOrEqual,
            TokenKind.Greater => ComparisonOperator.Greater,
            TokenKind.GreaterOrEqual => ComparisonOperator.GreaterOrEqual,
            TokenKind.Name when _tokens.Current.Text == "in" => ComparisonOperator.In,
            TokenKind.Name when _tokens.Current.Text == "not" && _tokens.Next.IsName("in") => ComparisonOperator.NotIn,
            _ => null,
        };
        if (operation is null)
            return null;

        _tokens.Take();
        if (operation == ComparisonOperator.NotIn)
            _tokens.Take();
        return operation;
    }

    private Expression ParseSum()
    {
        var start = _tokens.Current.Start;
        var left = ParseConcat();
        for (var chain = 0; _tokens.Kind is TokenKind.Add or TokenKind.Subtract; chain++)
        {
            Nesting.CheckChain(chain, _tokens);
            var operation = _tokens.Take().Kind == TokenKind.Add ? ArithmeticOperator.Add : ArithmeticOperator.Subtract;
            var right = ParseConcat();
            left = new ArithmeticExpression(_source, start, _tokens.PreviousEnd - start, operation, left, right);
        }

        return left;
    }

    private Expression ParseConcat()
    {
        var start = _tokens.Current.Start;
        var first = ParseProduct();
        if (_tokens.Kind != TokenKind.Tilde)
            return first;

        var parts = new List<Expression> { first };
        while (_tokens.Skip(TokenKind.Tilde))
            parts.Add(ParseProduct());
        return new ConcatExpression(_source, start, _tokens.PreviousEnd - start, [.. parts]);
    }

    private Expression ParseProduct()
    {
        var start = _tokens.Current.Start;
        var left = ParsePower();
        for (var chain = 0; ProductOperator(_tokens.Kind) is { } operation; chain++)
        {
            Nesting.CheckChain(chain, _tokens);
            _tokens.Take();
            var right = ParsePower();
            left = new ArithmeticExpression(_source, start, _tokens.PreviousEnd - start, operation, left, right);
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

    /// <summary>Unlike in Python, Jinja's power operator is left-associative and binds less tightly than a sign.</summary>
    private Expression ParsePower()
    {
        var start = _tokens.Current.Start;
        var left = ParseUnary(withFilters: true);
        for (var chain = 0; _tokens.Skip(TokenKind.Power); chain++)
        {
            Nesting.CheckChain(chain, _tokens);
            var right = ParseUnary(withFilters: true);
            left = new ArithmeticExpression(_source, start, _tokens.PreviousEnd - start, ArithmeticOperator.Power, left, right);
        }

        return left;
    }

    private Expression ParseUnary(bool withFilters)
    {
        var start = _tokens.Current.Start;
        Expression value;
        if (_tokens.Kind is TokenKind.Subtract or TokenKind.Add)
        {
            var isNegative = _tokens.Take().Kind == TokenKind.Subtract;
            _nesting.Enter(_tokens);
            var operand = ParseUnary(withFilters: false);
            _nesting.Leave();
            value = new SignExpression(_source, start, _tokens.PreviousEnd - start, isNegative, operand);
        }
        else
        {
            value = _operands.Parse();
        }

        value = _postfixes.ParsePostfix(start, value);
        return withFilters ? _postfixes.ParseFiltersAndTests(start, value) : value;
    }
}
