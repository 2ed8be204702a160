using Models.Diagnostics;
using Models.Project.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Models.Project.Yaml;

/// <summary>
/// Reads a YAML file into values with positions. It reads YamlDotNet's event stream in one pass, without an intermediate model. Anchors, aliases and
/// merge keys are resolved; a repeated key is reported.
/// </summary>
internal sealed class YamlReader
{
    private const int MaximumDepth = 500;

    /// <summary>The maximum number of values after expanding aliases, which can multiply a file's size (the "billion laughs" attack).</summary>
    private const long MaximumValues = 5_000_000;

    private readonly SourceText _source;
    private readonly DiagnosticBag _diagnostics;
    private readonly Parser _parser;
    private readonly Dictionary<AnchorName, (YamlValue Value, long Values)> _anchors = [];
    private long _values;

    private YamlReader(SourceText source, DiagnosticBag diagnostics)
    {
        _source = source;
        _diagnostics = diagnostics;
        _parser = new Parser(new Scanner(new StringReader(source.Text), skipComments: true));
    }

    /// <summary>Reads the first document; returns null if the file is empty or rejected with a diagnostic.</summary>
    public static YamlValue? Read(SourceText source, DiagnosticBag diagnostics)
    {
        try
        {
            return new YamlReader(source, diagnostics).ReadDocument();
        }
        catch (YamlException e)
        {
            diagnostics.Add(YamlMistake.Describe(source, e));
            return null;
        }
        catch (InvalidOperationException)
        {
            // the scanner throws from its own bookkeeping on unclosed brackets
            diagnostics.Add(ProjectDiagnostics.InvalidYaml(SourceSpan.WholeFile(source.Path), "a bracket or brace is never closed"));
            return null;
        }
    }

    /// <summary>Like <see cref="Read"/>, for a file that must contain a mapping.</summary>
    public static YamlMapping? ReadMapping(SourceText source, DiagnosticBag diagnostics)
    {
        switch (Read(source, diagnostics))
        {
            case null:
                return null;
            case YamlMapping mapping:
                return mapping;
            case YamlScalar { IsNull: true }:
                return null;
            case var other:
                diagnostics.Add(ProjectDiagnostics.UnexpectedYamlKind(other.Span, "the file", other.Kind, "a mapping"));
                return null;
        }
    }

    private YamlValue? ReadDocument()
    {
        _parser.MoveNext();
        while (_parser.Current is StreamStart or DocumentStart)
            _parser.MoveNext();

        return _parser.Current is null or StreamEnd or DocumentEnd ? null : ReadValue(depth: 0);
    }

    private YamlValue ReadValue(int depth)
    {
        var current = _parser.Current ?? throw new YamlException("the file ends too early");
        if (depth > MaximumDepth)
            throw new YamlException(current.Start, current.End, $"values are nested more than {MaximumDepth} deep");

        var before = _values++;
        switch (current)
        {
            case Scalar scalar:
                _parser.MoveNext();
                var isString = !scalar.Tag.IsEmpty && scalar.Tag.Value.EndsWith("str", StringComparison.Ordinal);
                return Remember(scalar.Anchor, new YamlScalar(Span(scalar), scalar.Value, scalar.Style == ScalarStyle.Plain && !isString), before);
            case SequenceStart start:
                return Remember(start.Anchor, ReadSequence(start, depth), before);
            case MappingStart start:
                return Remember(start.Anchor, ReadMapping(start, depth), before);
            case AnchorAlias alias:
                _parser.MoveNext();
                if (!_anchors.TryGetValue(alias.Value, out var anchored))
                    throw new YamlException(alias.Start, alias.End, $"the alias '*{alias.Value}' has no anchor above it");

                _values += anchored.Values;
                return _values <= MaximumValues
                    ? anchored.Value
                    : throw new YamlException(alias.Start, alias.End, $"with its aliases written out, the file has more than {MaximumValues} values");
            default:
                throw new YamlException(current.Start, current.End, "a value was expected");
        }
    }

    private YamlSequence ReadSequence(SequenceStart start, int depth)
    {
        _parser.MoveNext();
        var items = new List<YamlValue>();
        while (_parser.Current is not SequenceEnd)
            items.Add(ReadValue(depth + 1));

        _parser.MoveNext();
        return new YamlSequence(Span(start), items);
    }

    private YamlMapping ReadMapping(MappingStart start, int depth)
    {
        _parser.MoveNext();
        var entries = new List<YamlEntry>();
        List<YamlEntry>? merged = null;
        while (_parser.Current is not MappingEnd)
        {
            var key = ReadValue(depth + 1);
            var value = ReadValue(depth + 1);
            if (key is not YamlScalar scalar)
            {
                _diagnostics.Add(ProjectDiagnostics.UnexpectedYamlKind(key.Span, "a key", key.Kind, "a name"));
                continue;
            }

            if (scalar is { IsPlain: true, Text: "<<" })
                (merged ??= []).AddRange(MergeSources(value));
            else
                Add(entries, new YamlEntry(scalar.Text, scalar.ToTemplateValue(), scalar.Span, value));
        }

        _parser.MoveNext();
        entries = [.. entries.GroupBy(e => e.Key, StringComparer.Ordinal).Select(g => g.Last())];
        if (merged is not null)
            entries = [.. merged.Where(m => entries.TrueForAll(e => e.Key != m.Key)).DistinctBy(m => m.Key), .. entries];
        return new YamlMapping(Span(start), entries);
    }

    private void Add(List<YamlEntry> entries, YamlEntry entry)
    {
        foreach (var earlier in entries)
        {
            if (earlier.Key == entry.Key)
            {
                _diagnostics.Add(ProjectDiagnostics.DuplicateYamlKey(entry.KeySpan, entry.Key, earlier.KeySpan.StartLine));
                break;
            }
        }

        entries.Add(entry);
    }

    private static IEnumerable<YamlEntry> MergeSources(YamlValue value) => value switch
    {
        YamlMapping mapping => mapping.Entries,
        YamlSequence sequence => sequence.Items.OfType<YamlMapping>().SelectMany(m => m.Entries),
        _ => [],
    };

    private YamlValue Remember(AnchorName anchor, YamlValue value, long before)
    {
        if (!anchor.IsEmpty)
            _anchors[anchor] = (value, _values - before);
        return value;
    }

    private SourceSpan Span(ParsingEvent e) =>
        new(_source.Path, (int)e.Start.Line, (int)e.Start.Column, (int)e.End.Line, (int)e.End.Column);
}
