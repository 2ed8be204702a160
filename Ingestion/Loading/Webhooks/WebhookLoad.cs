using Ingestion.Connectors.Database;
using Ingestion.Connectors.Webhooks;
using Ingestion.Loading.Batches;
using Ingestion.Loading.Streams;
using Ingestion.Loading.Sync;
using Ingestion.Loading.Tables;
using Models.Contracts;
using Models.Diagnostics;
using Npgsql;

namespace Ingestion.Loading.Webhooks;

/// <summary>
/// Loads the events that came since the last load. Their rows, and the note that they are taken, are written in one transaction: an event is loaded once,
/// whenever a load is killed.
/// </summary>
internal sealed class WebhookLoad(NpgsqlDataSource dataSource, TimeProvider time)
{
    /// <exception cref="DiagnosticException">The contract is not one of events, or its limits are exceeded.</exception>
    public async Task<LoadResult> RunAsync(Contract contract, Action<long> report, CancellationToken cancellationToken)
    {
        if (contract.SyncMode != SyncMode.FullRefreshAppend)
            throw new DiagnosticException(WebhookDiagnostics.NeedsAppend(contract.Span, contract.Name));

        var started = time.GetTimestamp();
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await TableLock.TakeAsync(connection, contract.Name, cancellationToken);
        var table = new RawTable(contract);
        await ForgetAsync(connection, contract, table, cancellationToken);
        await StreamState.CheckAsync(connection, contract, table, cancellationToken);
        await table.EnsureAsync(connection, cancellationToken);
        var newest = await Ledger.ReadNewestAsync(connection, contract.Name, source: null, cancellationToken);

        await using var reader = await WebhookReader.OpenAsync(dataSource, contract with { Limits = Limits(contract.Limits) }, cancellationToken);
        if (!reader.HasEvents)
        {
            await transaction.CommitAsync(cancellationToken);
            return new LoadResult(contract.Name, newest?.BatchId ?? default, newest?.Rows ?? 0, newest?.Quarantined ?? 0, AlreadyLoaded: true,
                time.GetElapsedTime(started)) { Source = reader.SourceName };
        }

        var batch = Batch.Create(contract, $"events {Guid.CreateVersion7()}");
        var processingTime = Ledger.After(newest, time.GetUtcNow());
        var target = RowTarget.For(contract, table, state: null, processingTime.UtcDateTime);
        var (counts, _) = await new BatchLoad(connection, reader, batch, processingTime, time).RunAsync(target, report, cancellationToken);
        await MarkAsync(connection, contract, batch.Id, reader.Taken, cancellationToken);
        await StreamState.SaveAsync(connection, contract, batch.Id, cursor: null, counts.Finished.UtcDateTime, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new LoadResult(contract.Name, batch.Id, counts.Rows, counts.Quarantined, AlreadyLoaded: false, time.GetElapsedTime(started))
        {
            Source = reader.SourceName,
        };
    }

    /// <summary>
    /// Senders decide when events come and what is in them: a load without events, or of bad ones alone, is no failure unless the contract says so.
    /// </summary>
    private static LoadLimits Limits(LoadLimits limits) => limits with
    {
        MinRows = 0,
        MaxBadPercent = limits is { MaxBadRows: null, MaxBadPercent: null } ? 100 : limits.MaxBadPercent,
    };

    /// <summary>After a reset, or when the table was dropped, the events that are still kept are loaded again.</summary>
    private static async Task ForgetAsync(NpgsqlConnection connection, Contract contract, RawTable table, CancellationToken cancellationToken)
    {
        var isGone = !await table.ExistsAsync(connection, cancellationToken);
        var changes = await StreamChanges.ReadAsync(connection, contract.Name, cancellationToken);
        await StreamChanges.ApplyAsync(connection, contract, table, cancellationToken);
        if (isGone)
            await Ledger.ForgetAsync(connection, contract.Name, cancellationToken);
        if (!isGone && !changes.Any(c => c.Kind == StreamChangeKind.Reset))
            return;

        await using var command = new NpgsqlCommand("update ingestion.webhook_events set batch_id = null where table_name = $1", connection)
        {
            CommandTimeout = 0,
        };
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = contract.Name });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task MarkAsync(NpgsqlConnection connection, Contract contract, Guid batchId, IReadOnlyList<long> events, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("update ingestion.webhook_events set batch_id = $1 where event_id = any ($2)", connection)
        {
            CommandTimeout = 0,
        };
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = batchId });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. events] });
        await command.ExecuteNonQueryAsync(cancellationToken);

        await using var clean = new NpgsqlCommand(
            "delete from ingestion.webhook_events where table_name = $1 and batch_id is not null and received_at < $2", connection) { CommandTimeout = 0 };
        clean.Parameters.Add(new NpgsqlParameter<string> { TypedValue = contract.Name });
        clean.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = time.GetUtcNow().UtcDateTime.AddDays(-contract.Options.KeepDays) });
        await clean.ExecuteNonQueryAsync(cancellationToken);
    }
}
