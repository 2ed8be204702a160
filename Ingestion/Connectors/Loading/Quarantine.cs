using Npgsql;

namespace Ingestion.Connectors.Loading;

/// <summary>
/// Records that are not what their contract says. A connection runs one COPY at a time, so they are gathered up to a bound and
/// written between two stretches of rows, in the same transaction.
/// </summary>
internal sealed class Quarantine(Guid batchId, string table, string source, DateTime processingTime)
{
    private const int MaxRecords = 5_000;
    private const int MaxCharacters = 4 * 1024 * 1024;

    private readonly List<Entry> _entries = [];
    private int _characters;

    public long Count { get; private set; }

    public bool IsFull => _entries.Count >= MaxRecords || _characters >= MaxCharacters;

    public void Add(long line, string? field, string reason, string rawText)
    {
        _entries.Add(new Entry(line, field, WithoutZeros(reason), WithoutZeros(rawText)));
        _characters += rawText.Length;
        Count++;
    }

    public async Task FlushAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (_entries.Count == 0)
            return;

        await using var copy = await BinaryCopy.BeginAsync(
            connection,
            "copy ingestion.quarantine (batch_id, table_name, source_file, source_line, field, reason, raw_text, quarantined_at) from stdin (format binary)",
            cancellationToken);
        foreach (var entry in _entries)
        {
            await copy.StartRowAsync(values: 8, cancellationToken);
            copy.Write(batchId);
            copy.Write(table);
            copy.Write(source);
            copy.Write(entry.Line);
            if (entry.Field is null)
                copy.WriteNull();
            else
                copy.Write(entry.Field);
            copy.Write(entry.Reason);
            copy.Write(entry.RawText);
            copy.Write(processingTime);
        }

        await copy.CompleteAsync(cancellationToken);
        _entries.Clear();
        _characters = 0;
    }

    /// <summary>PostgreSQL cannot hold the zero character.</summary>
    private static string WithoutZeros(string text) => text.Replace('\0', '\uFFFD');

    private sealed record Entry(long Line, string? Field, string Reason, string RawText);
}
