using System.Globalization;
using Models.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Models.Contracts;

/// <summary>Reads a YAML mapping key by key. Values of the wrong shape, and keys that were never read, are reported at their positions.</summary>
public sealed class YamlMap(YamlMappingNode node, string owner, string file, DiagnosticBag diagnostics)
{
    private readonly List<string> _known = [];

    public SourceSpan Span => SpanOf(node, file);

    /// <summary>Reads a file that consists of one mapping; returns null, and adds a diagnostic, if it does not.</summary>
    /// <param name="source">The text.</param>
    /// <param name="name">The name of the mapping in messages, for example <c>contract</c>.</param>
    /// <param name="shape">The expected shape, for the message about a text that is not a mapping.</param>
    /// <param name="invalid">Creates the diagnostic for invalid YAML.</param>
    /// <param name="diagnostics">Receives the errors.</param>
    public static YamlMap? Read(SourceText source, string name, string shape, Func<SourceSpan, string, Diagnostic> invalid, DiagnosticBag diagnostics)
    {
        IList<YamlDocument> documents;
        try
        {
            documents = YamlTree.Load(source.Text);
        }
        catch (YamlException exception)
        {
            var reason = (exception.InnerException is { } inner and not InvalidOperationException ? inner : exception).Message.ReplaceLineEndings(" ");
            diagnostics.Add(invalid(SpanOf(exception.Start, exception.End, source.Path), reason));
            return null;
        }

        if (documents is [{ RootNode: YamlMappingNode root }])
            return new YamlMap(root, $"the {name}", source.Path, diagnostics);

        diagnostics.Add(ContractDiagnostics.WrongShape(SourceSpan.WholeFile(source.Path), name, shape));
        return null;
    }

    public static SourceSpan SpanOf(YamlNode node, string file) => SpanOf(node.Start, node.End, file);

    public static SourceSpan SpanOf(Mark start, Mark end, string file) =>
        new(file, (int)start.Line, (int)start.Column, (int)end.Line, (int)end.Column);

    public YamlNode? Find(string key)
    {
        _known.Add(key);
        return node.Children.TryGetValue(new YamlScalarNode(key), out var value) && !IsNull(value) ? value : null;
    }

    public string? Text(string key)
    {
        switch (Find(key))
        {
            case null:
                return null;
            case YamlScalarNode { Value: { } text }:
                return text;
            case var other:
                ReportShape(other, key, "a text");
                return null;
        }
    }

    public string? RequiredText(string key, string example)
    {
        if (Find(key) is null)
            diagnostics.Add(ContractDiagnostics.MissingKey(Span, owner, key, example));
        return Text(key) is { Length: > 0 } text ? text : null;
    }

    public bool? Boolean(string key)
    {
        var text = Text(key);
        if (text is null)
            return null;
        if (bool.TryParse(text, out var value))
            return value;

        ReportShape(Find(key)!, key, "true or false");
        return null;
    }

    /// <summary>Reads a whole number greater than zero.</summary>
    public int? Count(string key)
    {
        var text = Text(key);
        if (text is null)
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0)
            return count;

        ReportShape(Find(key)!, key, "a whole number above zero");
        return null;
    }

    /// <summary>Reads a whole number, 0 or greater.</summary>
    public long? Whole(string key)
    {
        var text = Text(key);
        if (text is null)
            return null;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number;

        ReportShape(Find(key)!, key, "a whole number, 0 or more");
        return null;
    }

    /// <summary>Reads a member of an enum in lower case.</summary>
    public T? Choice<T>(string key)
        where T : struct, Enum
    {
        var text = Text(key);
        if (text is null)
            return null;

        foreach (var value in Enum.GetValues<T>())
        {
            if (value.ToString().ToLowerInvariant() == text)
                return value;
        }

        ReportShape(Find(key)!, key, $"one of {string.Join(", ", Enum.GetNames<T>().Select(n => n.ToLowerInvariant()))}");
        return null;
    }

    /// <summary>Reads a mapping of names to texts.</summary>
    public IReadOnlyDictionary<string, string> Pairs(string key)
    {
        switch (Find(key))
        {
            case null:
                return new Dictionary<string, string>();
            case YamlMappingNode mapping when mapping.Children.All(c => IsText(c.Key) && IsText(c.Value)):
                return mapping.Children.ToDictionary(c => ((YamlScalarNode)c.Key).Value!, c => ((YamlScalarNode)c.Value).Value!, StringComparer.Ordinal);
            case var other:
                ReportShape(other, key, "a mapping of names to texts");
                return new Dictionary<string, string>();
        }
    }

    /// <summary>Reads one character, or the word <c>tab</c> or <c>space</c>.</summary>
    public char? Character(string key)
    {
        switch (Text(key))
        {
            case null:
                return null;
            case "tab":
                return '\t';
            case "space":
                return ' ';
            case { Length: 1 } text:
                return text[0];
            default:
                ReportShape(Find(key)!, key, "one character, or the word tab or space");
                return null;
        }
    }

    /// <summary>Reads a list of texts with their positions; a single text is a list of one.</summary>
    public IReadOnlyList<(string Text, SourceSpan Span)> Texts(string key)
    {
        switch (Find(key))
        {
            case null:
                return [];
            case YamlScalarNode { Value: { } text } scalar:
                return [(text, SpanOf(scalar, file))];
            case YamlSequenceNode sequence when sequence.Children.All(c => c is YamlScalarNode { Value: not null }):
                return [.. sequence.Children.Select(c => (((YamlScalarNode)c).Value!, SpanOf(c, file)))];
            case var other:
                ReportShape(other, key, "a list of texts");
                return [];
        }
    }

    public IReadOnlyList<YamlMappingNode> Maps(string key)
    {
        switch (Find(key))
        {
            case null:
                return [];
            case YamlSequenceNode sequence when sequence.Children.All(c => c is YamlMappingNode):
                return [.. sequence.Children.Cast<YamlMappingNode>()];
            case var other:
                ReportShape(other, key, "a list of mappings");
                return [];
        }
    }

    public YamlMap? Map(string key, string name)
    {
        switch (Find(key))
        {
            case null:
                return null;
            case YamlMappingNode mapping:
                return new YamlMap(mapping, name, file, diagnostics);
            case var other:
                ReportShape(other, key, "a mapping");
                return null;
        }
    }

    /// <summary>Reports every key that was not read.</summary>
    public void ReportUnknownKeys()
    {
        foreach (var key in node.Children.Keys)
        {
            var name = (key as YamlScalarNode)?.Value ?? key.ToString();
            if (!_known.Contains(name))
                diagnostics.Add(ContractDiagnostics.UnknownKey(
                    SpanOf(key, file), name, owner, NearName.Hint(name, _known), string.Join(", ", _known.Distinct(StringComparer.Ordinal))));
        }
    }

    public void ReportShape(YamlNode value, string key, string expected) =>
        diagnostics.Add(ContractDiagnostics.WrongShape(SpanOf(value, file), key, expected));

    private static bool IsText(YamlNode node) => node is YamlScalarNode { Value: not null };

    private static bool IsNull(YamlNode value) =>
        value is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" };
}
