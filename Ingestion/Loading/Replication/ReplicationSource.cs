using Ingestion.Connectors.Postgres;
using Ingestion.Connectors.Sources;
using Models.Contracts;
using Models.Diagnostics;
using Npgsql;
using Npgsql.Replication;
using Npgsql.Replication.PgOutput;
using NpgsqlTypes;

namespace Ingestion.Loading.Replication;

/// <summary>
/// The database whose table is replicated: its slot, and its publication of the same name. Source: PostgreSQL documentation, 29 and 47.
/// </summary>
internal sealed class ReplicationSource : IAsyncDisposable
{
    /// <summary>The prefix of the messages that mark how far a load reads.</summary>
    public const string MarkPrefix = "leadline";

    /// <summary>How long a slot may stay in use after the program that read it has ended.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(100);

    private readonly Contract _contract;
    private readonly NpgsqlConnection _connection;
    private readonly LogicalReplicationConnection _replication;

    private ReplicationSource(Contract contract, string connectionString, string slot)
    {
        _contract = contract;
        Slot = slot;
        _connection = new NpgsqlConnection(connectionString);
        // the text form of values that contracts parse
        _replication = new LogicalReplicationConnection(new NpgsqlConnectionStringBuilder(connectionString)
        {
            Options = "-c TimeZone=UTC -c DateStyle=ISO,YMD -c extra_float_digits=1",
        }.ConnectionString);
    }

    public string Slot { get; }

    private string QuotedName => SqlIdentifier.Quote(Slot);

    /// <exception cref="DiagnosticException">The contract's connection is not configured, or the database does not answer.</exception>
    public static async Task<ReplicationSource> OpenAsync(Contract contract, SourceLocation location, string slot, CancellationToken cancellationToken)
    {
        var source = new ReplicationSource(contract, PostgresConnector.ConnectionString(contract, location), slot);
        try
        {
            await source.GuardAsync(() => source._connection.OpenAsync(cancellationToken));
            return source;
        }
        catch
        {
            await source.DisposeAsync();
            throw;
        }
    }

    /// <summary>Creates the publication and the slot anew; the snapshot can be read until this object is disposed or the next call.</summary>
    /// <exception cref="DiagnosticException">The server, or the table, does not log what is needed.</exception>
    public async Task<(string Snapshot, NpgsqlLogSequenceNumber Position)> CreateAsync(CancellationToken cancellationToken)
    {
        PgOutputReplicationSlot? slot = null;
        await GuardAsync(async () =>
        {
            await CheckServerAsync(cancellationToken);
            await CheckIdentityAsync(cancellationToken);
            await DropAsync(cancellationToken);
            await ExecuteAsync(
                $"create publication {QuotedName} for table {PostgresConnector.QuotedTable(_contract)} with (publish_via_partition_root = true)",
                cancellationToken);
            await _replication.Open(cancellationToken);
            slot = await _replication.CreatePgOutputReplicationSlot(
                Slot, slotSnapshotInitMode: LogicalSlotSnapshotInitMode.Export, cancellationToken: cancellationToken);
        });
        return (slot!.SnapshotName!, slot.ConsistentPoint);
    }

    /// <summary>The names of the table's columns now.</summary>
    public async Task<IReadOnlyList<string>> ReadColumnsAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<string> columns = [];
        await GuardAsync(async () => columns = await PostgresConnector.ReadColumnsAsync(_contract, _connection, cancellationToken));
        return columns;
    }

    /// <summary>Starts to read the changes after a position.</summary>
    /// <exception cref="DiagnosticException">The slot is gone, or another program reads it.</exception>
    public async Task<ChangeReader> StartAsync(Contract contract, NpgsqlLogSequenceNumber position, CancellationToken cancellationToken)
    {
        ChangeReader? reader = null;
        await GuardAsync(async () =>
        {
            await CheckServerAsync(cancellationToken);
            await CheckSlotAsync(position, cancellationToken);
            var mark = await MarkAsync(cancellationToken);
            await _replication.Open(cancellationToken);
            var options = new PgOutputReplicationOptions(Slot, PgOutputProtocolVersion.V1, messages: true);
            var messages = _replication.StartReplication(new PgOutputReplicationSlot(Slot), options, cancellationToken, position);
            reader = new ChangeReader(contract, messages.GetAsyncEnumerator(cancellationToken), position, mark);
        });
        return reader!;
    }

    /// <summary>
    /// Tells the server that changes up to a position are committed in the warehouse, so that it can remove its log. Without it they are sent again
    /// and skipped.
    /// </summary>
    public async Task ConfirmAsync(NpgsqlLogSequenceNumber position, CancellationToken cancellationToken)
    {
        try
        {
            _replication.SetReplicationStatus(position);
            await _replication.SendStatusUpdate(cancellationToken);
        }
        catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException or ObjectDisposedException or IOException)
        {
            // the next load starts at the position that the warehouse has, and confirms it
        }
    }

    /// <summary>Drops the slot and the publication if they exist.</summary>
    public Task DropAsync(CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        await WaitUntilFreeAsync(cancellationToken);
        await ExecuteAsync(
            $"select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = '{Slot}'; drop publication if exists {QuotedName}",
            cancellationToken);
    });

    public async ValueTask DisposeAsync()
    {
        await _replication.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private async Task CheckServerAsync(CancellationToken cancellationToken)
    {
        if (await ScalarAsync("show wal_level", cancellationToken) is var level && level as string != "logical")
            throw new DiagnosticException(ReplicationDiagnostics.NotLogical(_contract.Span, _contract.Options.Connection, level as string ?? ""));
    }

    /// <summary>A published table without a replica identity could not be updated at its source any more, so that none is published.</summary>
    private async Task CheckIdentityAsync(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select c.relreplident = 'f' or $2 <@ coalesce((
                select array_agg(a.attname::text)
                from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = any (i.indkey)
                where i.indrelid = c.oid and (c.relreplident = 'd' and i.indisprimary or c.relreplident = 'i' and i.indisreplident)), '{}')
            from pg_class c
            where c.oid = $1::regclass
            """,
            _connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = PostgresConnector.QuotedTable(_contract) });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. _contract.PrimaryKey] });
        if (await command.ExecuteScalarAsync(cancellationToken) is not true)
            throw new DiagnosticException(ReplicationDiagnostics.NoIdentity(
                _contract.Span, _contract.Options.Table, _contract.Options.Connection, string.Join(", ", _contract.PrimaryKey)));
    }

    private async Task CheckSlotAsync(NpgsqlLogSequenceNumber position, CancellationToken cancellationToken)
    {
        await WaitUntilFreeAsync(cancellationToken);
        var status = await ScalarAsync($"select coalesce(wal_status, '') from pg_replication_slots where slot_name = '{Slot}'", cancellationToken);
        var isPublished = await ScalarAsync($"select exists (select from pg_publication where pubname = '{Slot}')", cancellationToken) is true;
        if (status is null or "lost" || !isPublished)
            throw new DiagnosticException(ReplicationDiagnostics.SlotGone(
                _contract.Span,
                Slot,
                _contract.Name,
                status as string == "lost" ? "invalidated (its log was removed)" : status is null ? "gone" : "without its publication",
                _contract.Options.Connection,
                position.ToString()));
    }

    /// <summary>A program that was killed is noticed by its server a moment later.</summary>
    private async Task WaitUntilFreeAsync(CancellationToken cancellationToken)
    {
        for (var waited = TimeSpan.Zero; ; waited += s_look)
        {
            if (await ScalarAsync($"select active_pid from pg_replication_slots where slot_name = '{Slot}'", cancellationToken) is not int process)
                return;
            if (waited > s_patience)
                throw new DiagnosticException(ReplicationDiagnostics.SlotInUse(_contract.Span, Slot, _contract.Name, process));

            await Task.Delay(s_look, cancellationToken);
        }
    }

    /// <summary>Writes a message to the log; a load reads the changes up to it, so that it ends also where changes never do.</summary>
    private async Task<string> MarkAsync(CancellationToken cancellationToken)
    {
        var mark = Guid.NewGuid().ToString("N");
        // the message belongs to a transaction, since only its commit makes sure that the log is written
        await ExecuteAsync($"select pg_logical_emit_message(true, '{MarkPrefix}', '{mark}')", cancellationToken);
        return mark;
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, _connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<object?> ScalarAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, _connection);
        return await command.ExecuteScalarAsync(cancellationToken) is var value and not DBNull ? value : null;
    }

    private async Task GuardAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (NpgsqlException exception)
        {
            throw new DiagnosticException(PostgresConnector.Unreadable(_contract, exception), exception);
        }
    }
}
