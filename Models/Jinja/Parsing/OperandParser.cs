using Models.Diagnostics;
using Models.Jinja.Lexing;
using Models.Jinja.Rendering;
using Models.Jinja.Rendering.Nodes;

namespace Models.Jinja.Parsing;

/// <summary>Parses names, literals and bracketed expressions.</summary>
internal sealed class OperandParser(ExpressionParser expressions, TokenReader tokens)
{
    private readonly SourceText _source = tokens.Source;

    public SpecialNames SpecialNames { get; } = new();

    public Expression Parse()
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
                return new ConstantExpression(_source, token.Start, token.Length, NumberText.ParseInteger(token.Text!));
            case TokenKind.Float:
                tokens.Take();
                return new ConstantExpression(_source, token.Start, token.Length, NumberText.ParseFloat(token.Text!));
            case TokenKind.LeftParenthesis:
                tokens.Take();
                var inner = expressions.ParseTuple(isParenthesised: true);
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
                SpecialNames.Varargs++;
                break;
            case "kwargs":
                SpecialNames.Kwargs++;
                break;
            case "caller":
                SpecialNames.Caller++;
                break;
            case "loop":
                SpecialNames.Loop++;
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
            items.Add(expressions.ParseExpression());
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
            var key = expressions.ParseExpression();
            tokens.Expect(TokenKind.Colon);
            entries.Add((key, expressions.ParseExpression()));
        }

        tokens.Expect(TokenKind.RightBrace);
        return new DictExpression(_source, start, tokens.PreviousEnd - start, [.. entries]);
    }
}
