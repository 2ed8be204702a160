using Ingestion.Connectors.Database;
using Ingestion.Connectors.Sources;
using Models.Contracts;
using Models.Diagnostics;
using Npgsql;

namespace Ingestion.Connectors.Loading;

/// <summary>
/// Records that are not what their contract says. A connection runs one COPY at a time, so they are gathered up to a bound and
/// written between two stretches of rows, in the same transaction.
/// </summary>
internal sealed class Quarantine(Guid batchId, Contract contract, string source, DateTime processingTime)
{
    private const int MaxRecords = 5_000;
    private const int MaxCharacters = 4 * 1024 * 1024;
    private const int MaxShownReason = 500;

    private readonly List<Entry> _entries = [];
    private int _characters;
    private (SourceSpan Span, string Reason)? _first;

    public long Count { get; private set; }

    /// <summary>True where the gathered records are to be written, or are more than the contract accepts.</summary>
    public bool IsFull => _entries.Count >= MaxRecords || _characters >= MaxCharacters || Count > contract.Limits.MaxBadRows;

    /// <param name="span">Where the record is, for messages.</param>
    /// <param name="line">Its line or number.</param>
    /// <param name="field">The field that is wrong; null where the whole record is.</param>
    /// <param name="reason">What is wrong.</param>
    /// <param name="rawText">The record as the source has it.</param>
    public void Add(SourceSpan span, long line, string? field, string reason, string rawText)
    {
        _first ??= (span, reason);
        _entries.Add(new Entry(line, field, WithoutZeros(reason), WithoutZeros(rawText)));
        _characters += rawText.Length;
        Count++;
    }

    /// <exception cref="DiagnosticException">More records are bad than the contract accepts.</exception>
    public void CheckLimit()
    {
        if (Count > contract.Limits.MaxBadRows)
            Refuse($"more than {contract.Limits.MaxBadRows} records are");
    }

    /// <summary>Decides, when the whole source was read, whether it is to be loaded.</summary>
    /// <exception cref="DiagnosticException">Too many records are bad, or too few are left.</exception>
    public void CheckAtEnd(long rows)
    {
        CheckLimit();
        var limits = contract.Limits;
        if (Count > 0 && rows == 0 && limits is { MaxBadRows: null, MaxBadPercent: null })
            Refuse(Count == 1 ? "its only record is" : $"all {Count} records are");
        if (Count * 100m > limits.MaxBadPercent * (rows + Count))
            Refuse($"{Count} of {rows + Count} records are");
        if (rows < limits.MinRows)
            throw new DiagnosticException(IngestionDiagnostics.TooFewRows(contract.Span, source, rows, limits.MinRows));
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
            copy.Write(contract.Name);
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

    private void Refuse(string howMany)
    {
        var (span, reason) = _first!.Value;
        var shown = reason.Length <= MaxShownReason ? reason : $"{reason[..MaxShownReason]}...";
        throw new DiagnosticException(IngestionDiagnostics.TooManyBadRows(span, howMany, contract.Span.File, WithoutZeros(shown).ReplaceLineEndings(" ")));
    }

    /// <summary>PostgreSQL cannot hold the zero character.</summary>
    private static string WithoutZeros(string text) => text.Replace('\0', '\uFFFD');

    private sealed record Entry(long Line, string? Field, string Reason, string RawText);
}
