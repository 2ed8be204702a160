using Models.Contracts;
using Npgsql;

namespace Ingestion.Connectors.Loading.Sync;

/// <summary>Where the rows of a batch are copied to, and how they then come into the raw table.</summary>
internal abstract class RowTarget
{
    /// <summary>The table that COPY fills, quoted.</summary>
    public abstract string QuotedName { get; }

    public static RowTarget For(Contract contract, RawTable table, StreamState? state, DateTime processingTime) =>
        contract.SyncMode is SyncMode.FullRefreshAppend or SyncMode.FullRefreshOverwrite
            ? new DirectRows(contract, table)
            : new StagedRows(contract, table, state, processingTime);

    /// <summary>Prepares the table that is about to be filled.</summary>
    public abstract Task PrepareAsync(NpgsqlConnection connection, CancellationToken cancellationToken);

    /// <summary>Brings the copied rows into the raw table.</summary>
    /// <param name="connection">In the load's transaction.</param>
    /// <param name="copied">How many rows were copied.</param>
    /// <param name="isWhole">
    /// False where records were quarantined: what is not among the copied rows may then be one of those, and is not taken for gone.
    /// </param>
    /// <param name="cancellationToken">Cancels.</param>
    public abstract Task<SyncCounts> ApplyAsync(NpgsqlConnection connection, long copied, bool isWhole, CancellationToken cancellationToken);

    protected static async Task<long> ExecuteAsync(
        NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        command.Parameters.AddRange(parameters);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

/// <summary>What a batch did to the raw table.</summary>
/// <param name="Written">Rows that were added or changed.</param>
/// <param name="Deleted">Rows that were deleted or, in a history, closed.</param>
/// <param name="Cursor">The largest cursor so far; null where the mode has none.</param>
internal sealed record SyncCounts(long Written, long Deleted, string? Cursor = null);
