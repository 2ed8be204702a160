using Ingestion.Connectors.Database;
using Ingestion.Connectors.Sources;
using Ingestion.Loading.Batches;
using Models.Contracts;
using Models.Diagnostics;
using Npgsql;

namespace Ingestion.Loading.Replication;

/// <summary>
/// The replication slots of streams, <c>ingestion.replication_slots</c>. A slot's name is committed before the slot is created, so that no slot is
/// left at a source that the warehouse does not know.
/// </summary>
public sealed class ReplicationSlots(NpgsqlDataSource dataSource, TimeProvider time)
{
    private const int MaxTableLength = 40;

    /// <summary>The slot of a stream; a new name if it has none. The slot itself may not exist yet.</summary>
    internal async Task<string> EnsureNameAsync(Contract contract, CancellationToken cancellationToken)
    {
        var table = new string([.. contract.Name.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_')]);
        var name = $"leadline_{table[..Math.Min(table.Length, MaxTableLength)]}_{Guid.NewGuid().ToString("N")[..8]}";
        await using var command = dataSource.CreateCommand(
            """
            insert into ingestion.replication_slots values ($1, $2, $3, $4)
            on conflict (table_name) do update set connection_name = excluded.connection_name
            returning slot_name
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = contract.Name });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = contract.Options.Connection });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = time.GetUtcNow().UtcDateTime });
        return (string)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Drops a stream: its slot and publication at the source, and its position. Its rows stay in the table.</summary>
    /// <returns>The name of the slot; null if the stream has none.</returns>
    /// <exception cref="DiagnosticException">The source refuses or cannot be reached.</exception>
    public async Task<string?> DropAsync(Contract contract, SourceLocation location, CancellationToken cancellationToken)
    {
        await Ledger.EnsureCreatedAsync(dataSource, cancellationToken);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await TableLock.TakeAsync(connection, contract.Name, cancellationToken);
        await using var command = new NpgsqlCommand("delete from ingestion.replication_slots where table_name = $1 returning slot_name", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = contract.Name });
        if (await command.ExecuteScalarAsync(cancellationToken) is not string slot)
            return null;

        await using (var source = await ReplicationSource.OpenAsync(contract, location, slot, cancellationToken))
            await source.DropAsync(cancellationToken);
        await using var forget = new NpgsqlCommand("update ingestion.streams set cursor_value = null where table_name = $1", connection);
        forget.Parameters.Add(new NpgsqlParameter<string> { TypedValue = contract.Name });
        await forget.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return slot;
    }
}
