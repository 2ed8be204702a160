using Ingestion.Connectors.Sources;
using Ingestion.Loading.Records;
using Ingestion.Loading.Tables;
using Models.Diagnostics;
using Npgsql;

namespace Ingestion.Loading.Parts;

/// <summary>
/// Loads a file in parts, each committed by itself, so that a load that was killed goes on after its last part. A file that turns out not to be what
/// its contract says, or that changed meanwhile, leaves nothing.
/// </summary>
internal sealed class PartialLoad(NpgsqlConnection connection, RecordReader reader, RawTable table, TimeProvider time)
{
    /// <param name="batch">The batch, some of whose parts may be there.</param>
    /// <param name="partRecords">The records of a part.</param>
    /// <param name="report">Receives the number of records.</param>
    /// <param name="cancellationToken">Cancels; committed parts stay.</param>
    /// <exception cref="DiagnosticException">The file does not match its contract.</exception>
    public async Task<PartialBatch> RunAsync(PartialBatch batch, long partRecords, Action<long> report, CancellationToken cancellationToken)
    {
        var contract = reader.Contract;
        var started = batch.StartedAt.UtcDateTime;
        var before = batch.Rows;
        var quarantine = new Quarantine(batch.Id, contract, reader.SourceName, started) { Count = batch.Quarantined };
        var copy = new CopyRun(connection, contract, table.QuotedName, batch.Id, started, reader, quarantine);
        try
        {
            await copy.SkipAsync(batch.Records, cancellationToken);
            for (var isWhole = false; !isWhole;)
            {
                await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
                isWhole = !await RunPartAsync(copy, quarantine, batch.Records + partRecords, report, cancellationToken);
                batch = batch with { Records = copy.Records, Rows = before + copy.Rows, Quarantined = quarantine.Count };
                if (isWhole)
                {
                    quarantine.CheckAtEnd(batch.Rows);
                    reader.CheckUnchanged();
                }

                await batch.SaveAsync(connection, time.GetUtcNow(), isWhole, cancellationToken);
                await transaction.CommitAsync(cancellationToken);
            }

            return batch;
        }
        catch (DiagnosticException)
        {
            await using var transaction = await connection.BeginTransactionAsync(CancellationToken.None);
            await batch.RemoveAsync(connection, table, CancellationToken.None);
            await transaction.CommitAsync(CancellationToken.None);
            throw;
        }
    }

    /// <summary>Copies records up to a number of them; returns false at the end of the file.</summary>
    private async Task<bool> RunPartAsync(CopyRun copy, Quarantine quarantine, long end, Action<long> report, CancellationToken cancellationToken)
    {
        while (true)
        {
            var goesOn = await copy.RunAsync(report, cancellationToken, end);
            quarantine.CheckLimit();
            await quarantine.FlushAsync(connection, cancellationToken);
            if (!goesOn || copy.Records >= end)
                return goesOn;
        }
    }
}
