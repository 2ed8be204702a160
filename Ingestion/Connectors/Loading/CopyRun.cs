using Ingestion.Connectors.Database;
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
    private readonly RecordCheck _check = new(contract, reader, bad);
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

            if (_check.Parse())
            {
                await writer.StartAsync(cancellationToken);
                writer.Write(_check.Row, reader.Line, _entityId.Of(_check.Row));
                Rows++;
            }

            report(++_records);
        }

        await copy.CompleteAsync(cancellationToken);
        return true;
    }
}
