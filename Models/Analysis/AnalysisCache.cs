using System.Collections.Concurrent;
using Models.Analysis.Lineage;
using Models.Diagnostics;
using Models.Project.Store;

namespace Models.Analysis;

/// <summary>
/// The results of earlier compilations by node. An entry is valid while its key is unchanged: a hash of the rendered SQL and of the columns of
/// everything it reads.
/// </summary>
internal sealed class AnalysisCache
{
    private readonly IReadOnlyDictionary<string, CachedAnalysis> _before;
    private readonly ConcurrentDictionary<string, CachedAnalysis> _now = new(StringComparer.Ordinal);

    private AnalysisCache(IReadOnlyDictionary<string, CachedAnalysis> before) => _before = before;

    public bool IsEmpty => _before.Count == 0;

    /// <summary>Environment variables that templates read, including those that they read only with a database.</summary>
    public IReadOnlyList<string> EnvironmentVariables { get; private init; } = [];

    public static AnalysisCache Empty => new(new Dictionary<string, CachedAnalysis>());

    /// <summary>Reads a cache file; returns an empty cache if the file is missing, damaged or written by another compiler.</summary>
    public static AnalysisCache Load(string path)
    {
        if (StoreFile.Open(path, typeof(AnalysisCache)) is not { } file)
            return Empty;

        var record = file.Read(0);
        var environment = record.Texts();
        var count = record.Number();
        var entries = new Dictionary<string, CachedAnalysis>(count, StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
            entries[record.Text()] = ReadEntry(record);

        return new AnalysisCache(entries) { EnvironmentVariables = environment };
    }

    public bool TryGet(string node, Digest key, out CachedAnalysis entry) => _before.TryGetValue(node, out entry!) && entry.Key == key;

    public void Keep(string node, CachedAnalysis entry) => _now[node] = entry;

    /// <summary>Writes the entries that this compilation used or created.</summary>
    public void Save(string path, IReadOnlyList<string> environmentVariables) => StoreFile.Replace(path, typeof(AnalysisCache), record =>
    {
        var entries = _now.ToList();
        record.Texts(environmentVariables);
        record.Number(entries.Count);
        foreach (var (node, entry) in entries)
        {
            record.Text(node);
            WriteEntry(record, entry);
        }
    });

    private static CachedAnalysis ReadEntry(StoreReader record)
    {
        var (key, sql) = (record.Digest(), record.OptionalText());
        var columns = record.Items(r => new AnalysedColumn(r.Text(), r.Text(), r.Text()));
        var count = record.Number();
        var lineage = new Dictionary<string, IReadOnlyList<ColumnSource>>(count, StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
            lineage[record.Text()] = record.Items(ReadSource);

        var node = new AnalysedNode(AnalysisState.Analysed, columns, new NodeLineage(lineage, record.Items(ReadSource)));
        return new CachedAnalysis(key, node, record.Items(r => r.Diagnostic())) { Sql = sql };
    }

    private static ColumnSource ReadSource(StoreReader record) => new(record.Text(), record.Text(), (ColumnUse)record.Number());

    private static void WriteEntry(StoreWriter record, CachedAnalysis entry)
    {
        record.Digest(entry.Key);
        record.OptionalText(entry.Sql);
        record.Number(entry.Node.Columns.Count);
        foreach (var column in entry.Node.Columns)
        {
            record.Text(column.Name);
            record.Text(column.Type);
            record.Text(column.Underlying);
        }

        record.Number(entry.Node.Lineage.Columns.Count);
        foreach (var (column, sources) in entry.Node.Lineage.Columns)
        {
            record.Text(column);
            WriteSources(record, sources);
        }

        WriteSources(record, entry.Node.Lineage.Keys);
        record.Number(entry.Warnings.Count);
        foreach (var warning in entry.Warnings)
            record.Diagnostic(warning);
    }

    private static void WriteSources(StoreWriter record, IReadOnlyList<ColumnSource> sources)
    {
        record.Number(sources.Count);
        foreach (var source in sources)
        {
            record.Text(source.Node);
            record.Text(source.Column);
            record.Number((int)source.Use);
        }
    }

    /// <summary>The cached result of one node.</summary>
    /// <param name="Key">The hash for which it is valid.</param>
    /// <param name="Node">Columns and lineage.</param>
    /// <param name="Warnings">Warnings to report again.</param>
    internal sealed record CachedAnalysis(Digest Key, AnalysedNode Node, IReadOnlyList<Diagnostic> Warnings)
    {
        /// <summary>The SQL of a template that queries the database, so that it need not be rendered again.</summary>
        public string? Sql { get; init; }
    }
}
