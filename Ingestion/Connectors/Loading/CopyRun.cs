using Ingestion.Connectors.Database;
using Ingestion.Connectors.Loading.Retrying;
using Ingestion.Connectors.Sources;
using Ingestion.Connectors.Values;
using Models.Contracts;
using Npgsql;

namespace Ingestion.Connectors.Loading;

/// <summary>Validates a source's records and copies the valid ones in chunks.</summary>
internal sealed class CopyRun(
    NpgsqlConnection connection,
    Contract contract,
    string table,
    Guid batchId,
    DateTime processingTime,
    RecordReader reader,
    IBadRecords bad)
{
    private const int ShownLength = 80;

    private readonly ValueParser[] _parsers = [.. contract.Fields.Select(f => new ValueParser(f, contract.Options))];
    private readonly FieldValue[] _row = new FieldValue[contract.Fields.Count];
    private readonly EntityId _entityId = new(contract);
    private long _records;

    public long Rows { get; private set; }

    /// <summary>Copies the whole source, writing the quarantined records between two chunks of rows.</summary>
    /// <exception cref="Models.Diagnostics.DiagnosticException">There are more bad records, or fewer rows, than the contract allows.</exception>
    public async Task RunAllAsync(Quarantine quarantine, Action<long> report, CancellationToken cancellationToken)
    {
        while (await RunAsync(report, cancellationToken))
        {
            quarantine.CheckLimit();
            await quarantine.FlushAsync(connection, cancellationToken);
        }

        quarantine.CheckAtEnd(Rows);
        await quarantine.FlushAsync(connection, cancellationToken);
    }

    /// <summary>Copies rows until the bad records must be written (true: write them and call again) or the source ends (false).</summary>
    public async Task<bool> RunAsync(Action<long> report, CancellationToken cancellationToken)
    {
        await using var copy = await BinaryCopy.BeginAsync(connection, RowWriter.CopyCommand(table, contract), cancellationToken);
        var writer = new RowWriter(copy, contract, batchId, reader.SourceName, processingTime);
        while (!bad.IsFull)
        {
            if (!await reader.ReadAsync(cancellationToken))
            {
                await copy.CompleteAsync(cancellationToken);
                return false;
            }

            if (Check())
            {
                await writer.StartAsync(cancellationToken);
                writer.Write(_row, reader.Line, _entityId.Of(_row));
                Rows++;
            }

            report(++_records);
        }

        await copy.CompleteAsync(cancellationToken);
        return true;
    }

    /// <summary>Parses the current record into the row; returns false if it was quarantined.</summary>
    private bool Check()
    {
        if (reader.Problem is { } problem)
        {
            Refuse(field: null, problem);
            return false;
        }

        string? firstField = null;
        string? reasons = null;
        for (var i = 0; i < _parsers.Length; i++)
        {
            var text = reader[i];
            if (_parsers[i].Parse(text, ref _row[i]) is not { } reason)
                continue;

            var name = _parsers[i].Field.Name;
            firstField ??= name;
            var described = string.IsNullOrWhiteSpace(text) ? $"{name} {reason}" : $"{name} '{Shorten(text)}' {reason}";
            reasons = reasons is null ? described : $"{reasons}; {described}";
        }

        if (reasons is null)
            return true;

        Refuse(firstField, reasons);
        return false;
    }

    private void Refuse(string? field, string reason) =>
        bad.Add(new BadRecord(reader.Span, reader.Line, field, reason, reader.RawText, StoredRecord.Of(reader)));

    private static string Shorten(string text)
    {
        if (text.Length <= ShownLength)
            return text;

        // do not split a surrogate pair
        var length = char.IsHighSurrogate(text[ShownLength - 1]) ? ShownLength - 1 : ShownLength;
        return $"{text[..length]}...";
    }
}
