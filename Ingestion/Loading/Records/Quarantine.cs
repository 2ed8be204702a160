using Ingestion.Connectors.Database;
using Ingestion.Connectors.Sources;
using Models.Contracts;
using Models.Diagnostics;
using Npgsql;

namespace Ingestion.Loading.Records;

/// <summary>
/// Collects the records that violate their contract. A connection runs one COPY at a time, so that records are buffered up to a limit and written
/// between two chunks of rows, in the same transaction.
/// </summary>
internal sealed class Quarantine(Guid batchId, Contract contract, string source, DateTime processingTime) : IBadRecords
{
    private const int MaxRecords = 5_000;
    private const int MaxCharacters = 4 * 1024 * 1024;
    private const int MaxShownReason = 500;

    private readonly List<BadRecord> _entries = [];
    private int _characters;
    private (SourceSpan Span, string Reason)? _first;

    public long Count { get; set; }

    /// <summary>True if the buffered records must be written, or exceed the contract's limit.</summary>
    public bool IsFull => _entries.Count >= MaxRecords || _characters >= MaxCharacters || Count > contract.Limits.MaxBadRows;

    public void Add(BadRecord record)
    {
        _first ??= (record.Span, record.Reason);
        _entries.Add(record with { Reason = WithoutZeros(record.Reason), RawText = WithoutZeros(record.RawText) });
        _characters += record.RawText.Length + (record.Stored?.Length ?? 0);
        Count++;
    }

    /// <exception cref="DiagnosticException">There are more bad records than the contract allows.</exception>
    public void CheckLimit()
    {
        if (Count > contract.Limits.MaxBadRows)
            Refuse($"more than {contract.Limits.MaxBadRows} records are");
    }

    /// <summary>Checks the limits after the whole source was read.</summary>
    /// <exception cref="DiagnosticException">There are too many bad records, or too few rows.</exception>
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
            "copy ingestion.quarantine (batch_id, table_name, source_file, source_line, field, reason, raw_text, quarantined_at, record) " +
            "from stdin (format binary)",
            cancellationToken);
        foreach (var entry in _entries)
        {
            await copy.StartRowAsync(values: 9, cancellationToken);
            copy.Write(batchId);
            copy.Write(contract.Name);
            copy.Write(source);
            copy.Write(entry.Line);
            WriteOptional(entry.Field);
            copy.Write(entry.Reason);
            copy.Write(entry.RawText);
            copy.Write(processingTime);
            WriteOptional(entry.Stored);
        }

        await copy.CompleteAsync(cancellationToken);
        _entries.Clear();
        _characters = 0;

        void WriteOptional(string? text)
        {
            if (text is null)
                copy.WriteNull();
            else
                copy.Write(text);
        }
    }

    /// <summary>Removes the written records that the quarantine has from an earlier load of the same source; returns their number.</summary>
    public async Task<long> RemoveKnownAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            delete from ingestion.quarantine q
            where q.batch_id = $1 and exists (
                select from ingestion.quarantine k
                where k.table_name = q.table_name and k.source_file = q.source_file and k.source_line = q.source_line and k.raw_text = q.raw_text
                    and k.batch_id <> q.batch_id)
            """,
            connection) { CommandTimeout = 0 };
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = batchId });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private void Refuse(string howMany)
    {
        var (span, reason) = _first!.Value;
        var shown = reason.Length <= MaxShownReason ? reason : $"{reason[..MaxShownReason]}...";
        throw new DiagnosticException(IngestionDiagnostics.TooManyBadRows(span, howMany, contract.Span.File, WithoutZeros(shown).ReplaceLineEndings(" ")));
    }

    /// <summary>Replaces the NUL character, which PostgreSQL cannot store.</summary>
    private static string WithoutZeros(string text) => text.Replace('\0', '\uFFFD');}
