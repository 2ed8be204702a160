using Models.Diagnostics;
using Models.Jinja.Lexing;
using Models.Jinja.Rendering.Nodes;

namespace Models.Jinja.Parsing;

/// <summary>Parses the tags that refer to other templates: include, import, from, extends.</summary>
internal sealed class ImportParser(TokenReader tokens, ExpressionParser expressions)
{
    private readonly SourceText _source = tokens.Source;

    public bool Parse(int start, Token tag, List<StatementNode> statements)
    {
        switch (tag.Text)
        {
            case "include":
                statements.Add(ParseInclude(start));
                return true;
            case "import":
                statements.Add(ParseImport(start));
                return true;
            case "from":
                statements.Add(ParseFrom(start));
                return true;
            case "extends":
                tokens.Take();
                var parent = expressions.ParseExpression();
                statements.Add(new ExtendsStatement(_source, start, tokens.PreviousEnd - start, parent));
                return true;
            default:
                return false;
        }
    }

    private IncludeStatement ParseInclude(int start)
    {
        tokens.Take();
        var name = expressions.ParseExpression();
        var ignoresMissing = tokens.Current.IsName("ignore") && tokens.Next.IsName("missing");
        if (ignoresMissing)
        {
            tokens.Take();
            tokens.Take();
        }

        var withContext = ParseWithContext(otherwise: true);
        return new IncludeStatement(_source, start, tokens.PreviousEnd - start, name, ignoresMissing, withContext);
    }

    private ImportStatement ParseImport(int start)
    {
        tokens.Take();
        var name = expressions.ParseExpression();
        tokens.ExpectName("as");
        var target = ParseName();
        var withContext = ParseWithContext(otherwise: false);
        return new ImportStatement(_source, start, tokens.PreviousEnd - start, name, target, withContext);
    }

    private FromImportStatement ParseFrom(int start)
    {
        tokens.Take();
        var template = expressions.ParseExpression();
        tokens.ExpectName("import");
        var names = new List<(string Name, NameTarget Target)>();
        do
        {
            if (tokens.Current.Text is "with" or "without" && tokens.Next.IsName("context"))
                break;

            var name = tokens.Expect(TokenKind.Name);
            if (name.Text!.StartsWith('_'))
                throw new ParseFailure(TemplateDiagnostics.Syntax(tokens.Span(name), $"'{name.Text}' begins with an underscore and so cannot be imported"));

            names.Add((name.Text, tokens.SkipName("as") ? ParseName() : new NameTarget(_source, name.Start, name.Length, name.Text)));
        }
        while (tokens.Skip(TokenKind.Comma));

        var withContext = ParseWithContext(otherwise: false);
        return new FromImportStatement(_source, start, tokens.PreviousEnd - start, template, [.. names], withContext);
    }

    private NameTarget ParseName()
    {
        var name = tokens.Expect(TokenKind.Name);
        return new NameTarget(_source, name.Start, name.Length, name.Text!);
    }

    private bool ParseWithContext(bool otherwise)
    {
        if (tokens.Current.Text is not ("with" or "without") || !tokens.Next.IsName("context"))
            return otherwise;

        var withContext = tokens.Take().Text == "with";
        tokens.Take();
        return withContext;
    }
}
