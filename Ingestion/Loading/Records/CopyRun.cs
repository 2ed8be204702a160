using Ingestion.Connectors.Database;
using Ingestion.Connectors.Sources;
using Ingestion.Connectors.Values;
using Models.Contracts;
using Npgsql;

namespace Ingestion.Loading.Records;

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

    public long Rows { get; private set; }

    /// <summary>The records that were read so far.</summary>
    public long Records { get; private set; }

    /// <summary>Reads over the records that earlier parts have loaded.</summary>
    public async Task SkipAsync(long records, CancellationToken cancellationToken)
    {
        while (Records < records && await reader.ReadAsync(cancellationToken))
            Records++;
    }

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
    /// <param name="report">Receives the number of records.</param>
    /// <param name="cancellationToken">Cancels the copy.</param>
    /// <param name="end">The number of records after which the copy pauses too.</param>
    public async Task<bool> RunAsync(Action<long> report, CancellationToken cancellationToken, long end = long.MaxValue)
    {
        await using var copy = await BinaryCopy.BeginAsync(connection, RowWriter.CopyCommand(table, contract), cancellationToken);
        var writer = new RowWriter(copy, contract, batchId, reader.SourceName, processingTime);
        while (!bad.IsFull && Records < end)
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

            report(++Records);
        }

        await copy.CompleteAsync(cancellationToken);
        return true;
    }
}
