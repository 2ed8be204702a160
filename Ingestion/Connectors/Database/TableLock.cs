using Npgsql;

namespace Ingestion.Connectors.Database;

/// <summary>An advisory lock that allows one load at a time per table. Source: PostgreSQL documentation, 13.3.5.</summary>
internal static class TableLock
{
    /// <summary>Waits until no other load uses the table; the lock is held until <see cref="ReleaseAsync"/> or the end of the connection.</summary>
    public static Task HoldAsync(NpgsqlConnection connection, string table, CancellationToken cancellationToken) =>
        ExecuteAsync(connection, "select pg_advisory_lock(hashtextextended($1, 0))", table, cancellationToken);

    /// <summary>Releases what <see cref="HoldAsync"/> took.</summary>
    public static Task ReleaseAsync(NpgsqlConnection connection, string table) =>
        ExecuteAsync(connection, "select pg_advisory_unlock(hashtextextended($1, 0))", table, CancellationToken.None);

    /// <summary>Waits until no other load uses the table; the lock is held until the end of the transaction.</summary>
    public static Task TakeAsync(NpgsqlConnection connection, string table, CancellationToken cancellationToken) =>
        ExecuteAsync(connection, "select pg_advisory_xact_lock(hashtextextended($1, 0))", table, cancellationToken);

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, string table, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.CommandTimeout = 0;
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = $"ingestion:{table}" });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
