using System.Collections.Concurrent;
using System.Text;
using Models.Compiler.Artifacts;
using Models.Compiler.Lineage;
using Models.Diagnostics;

namespace Models.Compiler.Analysis;

/// <summary>
/// What earlier compilations found out, by node: an entry holds as long as its key, a hash of the rendered SQL and of the columns of
/// everything it reads, stays the same.
/// </summary>
internal sealed class AnalysisCache
{
    private const string Format = "leadline-analysis-2";

    private readonly IReadOnlyDictionary<string, Entry> _before;
    private readonly ConcurrentDictionary<string, Entry> _now = new(StringComparer.Ordinal);

    private AnalysisCache(IReadOnlyDictionary<string, Entry> before) => _before = before;

    public bool IsEmpty => _before.Count == 0;

    /// <summary>Environment variables that were read for the entries: some only while a template had the database at hand.</summary>
    public IReadOnlyList<string> EnvironmentVariables { get; private init; } = [];

    public static AnalysisCache Empty => new(new Dictionary<string, Entry>());

    /// <summary>Reads a cache file; a missing, foreign or damaged one is empty.</summary>
    public static AnalysisCache Load(string path)
    {
        using var reader = SealedFile.Open(path, Format);
        if (reader is null)
            return Empty;

        var environment = new string[reader.Read7BitEncodedInt()];
        for (var i = 0; i < environment.Length; i++)
            environment[i] = reader.ReadString();

        var strings = new string[reader.Read7BitEncodedInt()];
        for (var i = 0; i < strings.Length; i++)
            strings[i] = reader.ReadString();

        var count = reader.Read7BitEncodedInt();
        var entries = new Dictionary<string, Entry>(count, StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
            entries[strings[reader.Read7BitEncodedInt()]] = ReadEntry(reader, strings);

        return new AnalysisCache(entries) { EnvironmentVariables = environment };
    }

    public bool TryGet(string node, string key, out Entry entry) => _before.TryGetValue(node, out entry!) && entry.Key == key;

    public void Keep(string node, Entry entry) => _now[node] = entry;

    /// <summary>Writes what this compilation used or found out.</summary>
    public void Save(string path, IReadOnlyList<string> environmentVariables)
    {
        using var body = new MemoryStream();
        var strings = new Dictionary<string, int>(StringComparer.Ordinal);
        using (var entries = new BinaryWriter(body, Encoding.UTF8, leaveOpen: true))
        {
            entries.Write7BitEncodedInt(_now.Count);
            foreach (var (node, entry) in _now)
            {
                entries.Write7BitEncodedInt(Number(strings, node));
                WriteEntry(entries, strings, entry);
            }
        }

        SealedFile.Replace(path, Format, writer =>
        {
            writer.Write7BitEncodedInt(environmentVariables.Count);
            foreach (var name in environmentVariables)
                writer.Write(name);

            writer.Write7BitEncodedInt(strings.Count);
            foreach (var text in strings.Keys)
                writer.Write(text);

            writer.Write(body.GetBuffer().AsSpan(0, (int)body.Length));
        });
    }

    private static Entry ReadEntry(BinaryReader reader, string[] strings)
    {
        var key = Text();
        var sql = reader.ReadBoolean() ? reader.ReadString() : null;
        var columns = new AnalysedColumn[reader.Read7BitEncodedInt()];
        for (var i = 0; i < columns.Length; i++)
            columns[i] = new AnalysedColumn(Text(), Text(), Text());

        var lineageCount = reader.Read7BitEncodedInt();
        var lineage = new Dictionary<string, IReadOnlyList<ColumnSource>>(lineageCount, StringComparer.Ordinal);
        for (var i = 0; i < lineageCount; i++)
            lineage[Text()] = Sources();

        var keys = Sources();
        var warnings = new Diagnostic[reader.Read7BitEncodedInt()];
        for (var i = 0; i < warnings.Length; i++)
            warnings[i] = ReadDiagnostic();

        return new Entry(key, new AnalysedNode(AnalysisState.Analysed, columns, new NodeLineage(lineage, keys)), warnings) { Sql = sql };

        string Text() => strings[reader.Read7BitEncodedInt()];

        ColumnSource[] Sources()
        {
            var sources = new ColumnSource[reader.Read7BitEncodedInt()];
            for (var i = 0; i < sources.Length; i++)
                sources[i] = new ColumnSource(Text(), Text(), (ColumnUse)reader.ReadByte());

            return sources;
        }

        Diagnostic ReadDiagnostic()
        {
            var descriptor = new DiagnosticDescriptor(Text(), (DiagnosticSeverity)reader.ReadByte(), Text());
            var span = new SourceSpan(
                Text(), reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt());
            var arguments = new string[reader.Read7BitEncodedInt()];
            for (var i = 0; i < arguments.Length; i++)
                arguments[i] = Text();

            return Diagnostic.Create(descriptor, span, arguments);
        }
    }

    private static void WriteEntry(BinaryWriter writer, Dictionary<string, int> strings, Entry entry)
    {
        Text(entry.Key);
        writer.Write(entry.Sql is not null);
        if (entry.Sql is not null)
            writer.Write(entry.Sql);

        writer.Write7BitEncodedInt(entry.Node.Columns.Count);
        foreach (var column in entry.Node.Columns)
        {
            Text(column.Name);
            Text(column.Type);
            Text(column.Underlying);
        }

        writer.Write7BitEncodedInt(entry.Node.Lineage.Columns.Count);
        foreach (var (column, sources) in entry.Node.Lineage.Columns)
        {
            Text(column);
            Sources(sources);
        }

        Sources(entry.Node.Lineage.Keys);
        writer.Write7BitEncodedInt(entry.Warnings.Count);
        foreach (var warning in entry.Warnings)
            WriteDiagnostic(warning);

        void Text(string text) => writer.Write7BitEncodedInt(Number(strings, text));

        void Sources(IReadOnlyList<ColumnSource> sources)
        {
            writer.Write7BitEncodedInt(sources.Count);
            foreach (var source in sources)
            {
                Text(source.Node);
                Text(source.Column);
                writer.Write((byte)source.Use);
            }
        }

        void WriteDiagnostic(Diagnostic diagnostic)
        {
            Text(diagnostic.Id);
            writer.Write((byte)diagnostic.Severity);
            Text(diagnostic.Descriptor.Format);
            Text(diagnostic.Span.File);
            writer.Write7BitEncodedInt(diagnostic.Span.StartLine);
            writer.Write7BitEncodedInt(diagnostic.Span.StartColumn);
            writer.Write7BitEncodedInt(diagnostic.Span.EndLine);
            writer.Write7BitEncodedInt(diagnostic.Span.EndColumn);
            writer.Write7BitEncodedInt(diagnostic.Arguments.Length);
            foreach (var argument in diagnostic.Arguments)
                Text(argument);
        }
    }

    private static int Number(Dictionary<string, int> strings, string text)
    {
        if (!strings.TryGetValue(text, out var number))
            strings[text] = number = strings.Count;

        return number;
    }

    /// <summary>What is known about one node.</summary>
    /// <param name="Key">The hash it holds for.</param>
    /// <param name="Node">Columns and lineage.</param>
    /// <param name="Warnings">Warnings to say again.</param>
    internal sealed record Entry(string Key, AnalysedNode Node, IReadOnlyList<Diagnostic> Warnings)
    {
        /// <summary>The SQL of a template that asks the database, so that it need not be asked again.</summary>
        public string? Sql { get; init; }
    }
}
