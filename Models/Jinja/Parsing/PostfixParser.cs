using Models.Diagnostics;
using Models.Jinja.Lexing;
using Models.Jinja.Rendering.Nodes;

namespace Models.Jinja.Parsing;

/// <summary>Parses what can follow an operand: attributes, items, slices, calls, filters and tests.</summary>
internal sealed class PostfixParser(ExpressionParser expressions, OperandParser operands, TokenReader tokens)
{
    private readonly SourceText _source = tokens.Source;

    /// <summary>Parses the arguments between the parentheses of a call.</summary>
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
                morePositional = expressions.ParseExpression();
            }
            else if (tokens.Kind == TokenKind.Power && moreKeyword is null)
            {
                tokens.Take();
                moreKeyword = expressions.ParseExpression();
            }
            else if (tokens.Kind == TokenKind.Name && tokens.Next.Kind == TokenKind.Assign && moreKeyword is null)
            {
                var name = tokens.Take();
                tokens.Take();
                if (keyword.Exists(k => k.Name == name.Text))
                    throw new ParseFailure(TemplateDiagnostics.Syntax(tokens.Span(name), $"the argument '{name.Text}' is given twice"));
                keyword.Add((name.Text!, expressions.ParseExpression()));
            }
            else if (keyword.Count == 0 && morePositional is null && moreKeyword is null)
            {
                positional.Add(expressions.ParseExpression());
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

    /// <summary>Parses filters that have no value before them: <c>name(arguments) | name</c>.</summary>
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

    public Expression ParsePostfix(int start, Expression value)
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
            var index = new ConstantExpression(_source, name.Start, name.Length, NumberText.ParseInteger(name.Text!));
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
                keys.Add(expressions.ParseExpression());
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
            from = expressions.ParseExpression();
            if (tokens.Kind != TokenKind.Colon)
                return (from, false, null, null);
        }

        tokens.Expect(TokenKind.Colon);
        if (tokens.Kind is not (TokenKind.Colon or TokenKind.RightBracket))
            to = expressions.ParseExpression();
        if (tokens.Skip(TokenKind.Colon) && tokens.Kind != TokenKind.RightBracket)
            step = expressions.ParseExpression();
        return (from, true, to, step);
    }

    public Expression ParseFiltersAndTests(int start, Expression value)
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
            var argument = ParsePostfix(argumentStart, operands.Parse());
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
