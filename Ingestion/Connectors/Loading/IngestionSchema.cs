using Npgsql;

namespace Ingestion.Connectors.Loading;

/// <summary>Tables that ingestion keeps for itself, in schema <c>ingestion</c>.</summary>
public static class IngestionSchema
{
    /// <summary>Any number, known here alone: who holds it creates schemas and tables.</summary>
    private const long CreationLock = 7_216_904_113;

    /// <summary>
    /// Runs the statements where the relation is not there yet. They say <c>if not exists</c> and run one session at a time:
    /// without the lock that alone fails when two sessions create the same thing at once.
    /// </summary>
    public static async Task EnsureAsync(NpgsqlDataSource dataSource, string relation, string statements, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var check = new NpgsqlCommand("select to_regclass($1) is not null", connection);
        check.Parameters.Add(new NpgsqlParameter<string> { TypedValue = relation });
        if (await check.ExecuteScalarAsync(cancellationToken) is true)
            return;

        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var create = new NpgsqlCommand(
            $"select pg_advisory_xact_lock({CreationLock}); create schema if not exists ingestion; {statements}", connection, transaction);
        await create.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
