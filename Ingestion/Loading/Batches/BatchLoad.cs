using Ingestion.Connectors.Sources;
using Ingestion.Loading.Records;
using Ingestion.Loading.Sync;
using Npgsql;

namespace Ingestion.Loading.Batches;

/// <summary>Copies one source into its table and records the batch, in the transaction of its connection.</summary>
internal sealed class BatchLoad(NpgsqlConnection connection, RecordReader reader, Batch batch, DateTimeOffset processingTime, TimeProvider time)
{
    public Quarantine Quarantine { get; } = new(batch.Id, reader.Contract, reader.SourceName, processingTime.UtcDateTime);

    /// <summary>True for a part of a source that was read before: a row that it lacks is not gone, and its bad records may be quarantined already.</summary>
    public bool IsRepeat { get; init; }

    /// <summary>The number of rows that were deleted to make room for the batch.</summary>
    public long Replaced { get; init; }

    /// <returns>The batch's counts, and the largest cursor if the mode has one.</returns>
    /// <exception cref="Models.Diagnostics.DiagnosticException">The source does not match the contract.</exception>
    public async Task<(LoadCounts Counts, string? Cursor)> RunAsync(RowTarget target, Action<long> report, CancellationToken cancellationToken)
    {
        await target.PrepareAsync(connection, cancellationToken);
        var copy = new CopyRun(connection, reader.Contract, target.QuotedName, batch.Id, processingTime.UtcDateTime, reader, Quarantine);
        await copy.RunAllAsync(Quarantine, report, cancellationToken);
        reader.CheckUnchanged();
        var synced = await target.ApplyAsync(connection, copy.Rows, isWhole: Quarantine.Count == 0 && !IsRepeat, cancellationToken);
        var known = IsRepeat ? await Quarantine.RemoveKnownAsync(connection, cancellationToken) : 0;
        var finished = time.GetUtcNow();
        var counts = new LoadCounts(
            synced.Written, synced.Deleted + Replaced, Quarantine.Count - known, processingTime, finished > processingTime ? finished : processingTime);
        await Ledger.RecordAsync(connection, batch, reader.Contract.Name, reader.SourceName, counts, cancellationToken);
        return (counts, synced.Cursor);
    }
}
