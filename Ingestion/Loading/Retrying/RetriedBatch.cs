using Models.Contracts;
using Npgsql;

namespace Ingestion.Loading.Retrying;

/// <summary>The batch whose quarantined records are retried.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Source">The file or table that it was read from.</param>
/// <param name="ProcessingTime">The start of its load, which its other rows have.</param>
/// <param name="HasRows">False if the rows of the batch are gone from the table.</param>
/// <param name="IsNewest">False if the source was loaded again since.</param>
internal sealed record RetriedBatch(Guid Id, string Source, DateTime ProcessingTime, bool HasRows, bool IsNewest)
{
    public static async Task<RetriedBatch> ReadAsync(NpgsqlConnection connection, Guid batchId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select source_file, started_at, identity is not null, not exists (
                select from ingestion.batches n
                where n.table_name = b.table_name and n.source_file = b.source_file and n.finished_at > b.finished_at)
            from ingestion.batches b
            where batch_id = $1
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = batchId });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new RetriedBatch(batchId, reader.GetString(0), reader.GetDateTime(1), reader.GetBoolean(2), reader.GetBoolean(3));
    }

    /// <summary>True if the records must not be loaded, because the table no longer holds what was loaded with them.</summary>
    public bool IsOutdated(SyncMode mode) => !HasRows || (!IsNewest && (mode == SyncMode.FullRefreshOverwrite || mode.NeedsWholeSource()));
}
