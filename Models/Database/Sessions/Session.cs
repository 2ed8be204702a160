using Models.Database.Targets;
using Models.Project.Graph;
using Npgsql;

namespace Models.Database.Sessions;

/// <summary>
/// One worker's connection. It is opened at first need, pipelines statements in few round-trips and is replaced when it is lost.
/// </summary>
/// <param name="source">The target's connections.</param>
/// <param name="role">The role that the connection sets; null for the login's own.</param>
/// <param name="runLock">The lock of the run that the connection works for; null for a connection that only reads.</param>
/// <param name="whyClosed">The message for an attempt to connect where connecting is not allowed; null where it is allowed.</param>
public sealed class Session(TargetSource source, string? role, RunLock? runLock = null, string? whyClosed = null) : IAsyncDisposable
{
    private NpgsqlConnection? _connection;
    private bool _hasConnected;

    /// <summary>The open connection, for templates, which cannot wait asynchronously.</summary>
    internal NpgsqlConnection Connection =>
        _connection is { FullState: System.Data.ConnectionState.Open } open ? open : ConnectedAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();

    /// <summary>Opens the connection where it is not open, for templates that follow.</summary>
    public async ValueTask OpenAsync(CancellationToken cancellationToken) => await ConnectedAsync(cancellationToken);

    internal async ValueTask<NpgsqlConnection> ConnectedAsync(CancellationToken cancellationToken)
    {
        if (_connection is { FullState: System.Data.ConnectionState.Open })
            return _connection;

        await CloseAsync();
        var connection = await ConnectAsync(cancellationToken);
        try
        {
            await SetUpAsync(connection, cancellationToken);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }

        return _connection = connection;
    }

    private async Task SetUpAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (runLock is not null)
            await runLock.MarkAsync(connection, cancellationToken);
        if (role is null)
            return;

        await using var command = new NpgsqlCommand($"set role {Relation.Quote(role)}", connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        if (whyClosed is not null)
            throw new RunException(whyClosed);

        try
        {
            var connection = await source.Connections.OpenConnectionAsync(cancellationToken);
            _hasConnected = true;
            return connection;
        }
        catch (PostgresException full) when (full.SqlState == PostgresErrorCodes.TooManyConnections && !_hasConnected)
        {
            throw new NoConnectionException($"The server has no more connections ({full.MessageText})", full);
        }
    }

    /// <summary>Runs a whole plan: what is before, the transaction, what is after.</summary>
    public async Task<StatementOutcome> RunAsync(BuildPlan plan, CancellationToken cancellationToken)
    {
        foreach (var statement in plan.Before)
            await ExecuteAsync([statement], cancellationToken);

        var outcome = await InTransactionAsync(plan.Transaction, cancellationToken);
        plan.Completed();
        foreach (var statement in plan.After)
            await ExecuteAsync([statement], cancellationToken);

        return outcome;
    }

    /// <summary>
    /// Runs generated statements in one round-trip and one transaction, so that the server flushes its log once. Empty where one of them is
    /// refused, or would wait for a lock while holding the locks of those before it: nothing was done then, and the caller runs them one
    /// by one.
    /// </summary>
    public async Task<IReadOnlyList<StatementOutcome>> TryInTransactionAsync(IReadOnlyList<Statement> statements, CancellationToken cancellationToken)
    {
        if (statements.Count == 0)
            return [];

        // a batch is one implicit transaction: the driver sends a single Sync at its end
        await using var batch = new NpgsqlBatch(
            await ConnectedAsync(cancellationToken)) { BatchCommands = { new("select set_config('lock_timeout', '200ms', true)") } };
        foreach (var statement in statements)
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statement.Sql));

        try
        {
            await batch.ExecuteNonQueryAsync(cancellationToken);
            return [.. statements.Select((s, i) => CommandTag.Of(batch.BatchCommands[i + 1]) with { Sql = s.Sql })];
        }
        catch (Exception refused) when (refused is NpgsqlException or OperationCanceledException)
        {
            await RollbackAsync();
            return [];
        }
    }

    /// <summary>Runs statements as one transaction, in one round-trip where they are all ours.</summary>
    public async Task<StatementOutcome> InTransactionAsync(IReadOnlyList<Statement> statements, CancellationToken cancellationToken)
    {
        // a single generated statement is a transaction by itself
        if (statements is [{ IsUserSql: false }])
            return await ExecuteAsync(statements, cancellationToken);

        return await ExecuteAsync(["begin", .. statements, "commit"], cancellationToken);
    }

    /// <summary>Runs <paramref name="work"/>, whose statements need each other's answers, in one transaction.</summary>
    public async Task<T> AtomicallyAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        var transaction = await BeginAsync(cancellationToken);
        try
        {
            var result = await work();
            await CommitAsync(transaction, cancellationToken);
            return result;
        }
        catch
        {
            await RollbackAsync();
            throw;
        }
    }

    /// <summary>Opens a transaction; what comes back tells <see cref="CommitAsync"/> which one.</summary>
    public async Task<string> BeginAsync(CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(await ConnectedAsync(cancellationToken))
        {
            BatchCommands = { new("begin"), new("select pg_current_xact_id()::text") },
        };
        return (string)(await batch.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>
    /// A connection lost while committing leaves open whether it was done; the server knows. Without asking it, rows could be
    /// added twice. Source: PostgreSQL documentation, 9.27, pg_xact_status.
    /// </summary>
    public async Task CommitAsync(string transaction, CancellationToken cancellationToken)
    {
        try
        {
            await ExecuteAsync(["commit"], cancellationToken);
        }
        catch (Exception lost) when (TransientErrors.IsTransient(lost) && _connection is not { FullState: System.Data.ConnectionState.Open })
        {
            if (!await WasCommittedAsync(transaction, cancellationToken))
                throw;
        }
    }

    private async Task<bool> WasCommittedAsync(string transaction, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var command = new NpgsqlCommand("select pg_xact_status($1::xid8)", await ConnectedAsync(cancellationToken))
                {
                    Parameters = { new NpgsqlParameter<string> { TypedValue = transaction } },
                };
                return await command.ExecuteScalarAsync(cancellationToken) is "committed";
            }
            catch (NpgsqlException unreachable) when (TransientErrors.IsTransient(unreachable) && attempt < TransientErrors.Attempts)
            {
                await Task.Delay(TransientErrors.Pause(attempt), cancellationToken);
            }
        }
    }

    /// <summary>Runs statements one after another; after a refusal nothing of an open transaction is left.</summary>
    /// <exception cref="StatementException">The server refused one of them.</exception>
    public async Task<StatementOutcome> ExecuteAsync(IReadOnlyList<Statement> statements, CancellationToken cancellationToken)
    {
        var outcome = StatementOutcome.Nothing;
        try
        {
            for (var i = 0; i < statements.Count;)
            {
                var foreign = statements[i].IsUserSql;
                var end = i + 1;
                while (!foreign && end < statements.Count && !statements[end].IsUserSql)
                    end++;

                var part = foreign
                    ? await ExecuteForeignAsync(statements[i], cancellationToken)
                    : await ExecuteBatchAsync(statements, i, end, cancellationToken);
                if (part is { } main)
                    outcome = main;
                i = end;
            }
        }
        catch
        {
            await RollbackAsync();
            throw;
        }

        return outcome;
    }

    /// <summary>Ends an open transaction without keeping it; a lost connection has ended it already.</summary>
    public async Task RollbackAsync()
    {
        if (_connection is not { FullState: System.Data.ConnectionState.Open } connection)
            return;

        try
        {
            await using var command = new NpgsqlCommand("rollback", connection);
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (NpgsqlException)
        {
            await CloseAsync();
        }
    }

    public async ValueTask CloseAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync();
        }
    }

    public ValueTask DisposeAsync() => CloseAsync();

    private async Task<StatementOutcome?> ExecuteForeignAsync(Statement statement, CancellationToken cancellationToken)
    {
        if (statement.Render is { } render)
        {
            await OpenAsync(cancellationToken);
            statement = statement with { Sql = render(), Render = null };
            if (statement.Sql.Length == 0)
                return null;
        }

        await using var command = new NpgsqlCommand(statement.Sql, await ConnectedAsync(cancellationToken));
        try
        {
            var rows = await command.ExecuteNonQueryAsync(cancellationToken);
            return statement.IsMain ? new StatementOutcome("OK", rows) { Sql = statement.Sql } : null;
        }
        catch (PostgresException refusal)
        {
            throw new StatementException(statement, refusal);
        }
    }

    private async Task<StatementOutcome?> ExecuteBatchAsync(IReadOnlyList<Statement> statements, int start, int end, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(await ConnectedAsync(cancellationToken));
        for (var i = start; i < end; i++)
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statements[i].Sql));

        try
        {
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException refusal)
        {
            var at = refusal.BatchCommand is NpgsqlBatchCommand command ? batch.BatchCommands.IndexOf(command) : end - start - 1;
            throw new StatementException(statements[start + Math.Max(at, 0)], refusal);
        }

        for (var i = start; i < end; i++)
        {
            if (statements[i].IsMain)
                return CommandTag.Of(batch.BatchCommands[i - start]) with { Sql = statements[i].Sql };
        }

        return null;
    }
}
