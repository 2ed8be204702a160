using Npgsql;

namespace Ingestion.Connectors.Database;

/// <summary>An advisory lock that allows one load at a time per table. Source: PostgreSQL documentation, 13.3.5.</summary>
internal static class TableLock
{
    /// <summary>Waits until no other load uses the table; the lock is held until the end of the transaction.</summary>
    public static async Task TakeAsync(NpgsqlConnection connection, string table, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended($1, 0))", connection);
        command.CommandTimeout = 0;
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = $"ingestion:{table}" });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
