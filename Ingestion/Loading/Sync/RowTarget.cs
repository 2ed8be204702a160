using Ingestion.Loading.Tables;
using Models.Contracts;
using Npgsql;

namespace Ingestion.Loading.Sync;

/// <summary>The table into which a batch's rows are copied, and how they are then applied to the raw table.</summary>
internal abstract class RowTarget
{
    /// <summary>The table that COPY fills, quoted.</summary>
    public abstract string QuotedName { get; }

    public static RowTarget For(Contract contract, RawTable table, StreamState? state, DateTime processingTime) =>
        contract.SyncMode is SyncMode.FullRefreshAppend or SyncMode.FullRefreshOverwrite
            ? new DirectRows(contract, table)
            : new StagedRows(contract, table, state, processingTime);

    /// <summary>Prepares the table before the copy.</summary>
    public abstract Task PrepareAsync(NpgsqlConnection connection, CancellationToken cancellationToken);

    /// <summary>Applies the copied rows to the raw table.</summary>
    /// <param name="connection">The connection of the load's transaction.</param>
    /// <param name="copied">The number of copied rows.</param>
    /// <param name="isWhole">
    /// False if records were quarantined: a row that is missing in the copied rows may then be a quarantined one, and is not deleted.
    /// </param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public abstract Task<SyncCounts> ApplyAsync(NpgsqlConnection connection, long copied, bool isWhole, CancellationToken cancellationToken);

    protected static async Task<long> ExecuteAsync(
        NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        command.Parameters.AddRange(parameters);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

/// <summary>The changes of a batch in the raw table.</summary>
/// <param name="Written">The number of inserted or updated rows.</param>
/// <param name="Deleted">The number of rows deleted or, in a history, closed.</param>
/// <param name="Cursor">The largest cursor so far; null if the mode has none.</param>
internal sealed record SyncCounts(long Written, long Deleted, string? Cursor = null);
