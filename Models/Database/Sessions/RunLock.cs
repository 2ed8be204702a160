using Models.Database.Targets;
using Npgsql;

namespace Models.Database.Sessions;

/// <summary>
/// Keeps two runs of one project out of one schema: an exclusive advisory lock on their names, which the server releases when the
/// run's process ends. Different projects run into one target side by side, as they have relations of their own.
/// </summary>
/// <remarks>
/// The server goes on with the statement of a process that was killed. Each connection that works for a run therefore holds a shared
/// lock with the run's number; whoever takes the exclusive lock ends the connections of every other number before it starts.
/// </remarks>
public sealed class RunLock : IAsyncDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);

    private readonly TargetSource _source;
    private readonly string _schema;
    private readonly long _key;
    private readonly int _group;
    private readonly int _run = Random.Shared.Next(1, int.MaxValue);
    private readonly SemaphoreSlim _retaking = new(1, 1);
    private NpgsqlConnection _connection;
    private int _process;

    private RunLock(TargetSource source, string project, string schema, NpgsqlConnection connection)
    {
        _source = source;
        _schema = schema;
        _key = AdvisoryLock.Key($"leadline run {project} {schema}");
        _group = AdvisoryLock.Group($"leadline statements {project} {schema}");
        _connection = connection;
    }

    /// <exception cref="RunException">Another run, or the statements of a killed one, did not end within <paramref name="timeout"/>.</exception>
    public static async Task<RunLock> TakeAsync(
        TargetSource source, string project, string schema, TimeSpan timeout, Action<string> say, TimeProvider clock, CancellationToken cancellationToken)
    {
        var runLock = new RunLock(source, project, schema, await source.Connections.OpenConnectionAsync(cancellationToken));
        try
        {
            var start = clock.GetTimestamp();
            var isAnnounced = false;
            while (!await runLock.TryTakeAsync(cancellationToken))
            {
                if (clock.GetElapsedTime(start) >= timeout)
                {
                    throw new RunException(
                        $"Another run is at work in schema '{schema}'. Wait for it, or give --lock-timeout more seconds than {timeout.TotalSeconds:0}.");
                }

                if (!isAnnounced)
                    say($"Another run is at work in schema '{schema}'; waiting for it to end.");
                isAnnounced = true;
                await Task.Delay(PollInterval, clock, cancellationToken);
            }

            await runLock.EndOrphansAsync(() => clock.GetElapsedTime(start) >= timeout, say, clock, cancellationToken);
            return runLock;
        }
        catch
        {
            await runLock.DisposeAsync();
            throw;
        }
    }

    /// <summary>The connection that holds the lock; free for short questions of the run itself.</summary>
    internal NpgsqlConnection Connection => _connection;

    /// <summary>Marks a connection as this run's, and makes sure that the run still holds its lock: it may have been lost with the server.</summary>
    /// <param name="connection">A connection that has just been opened.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RunException">Another run has taken the lock meanwhile.</exception>
    internal async Task MarkAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (await ShareAsync(connection, cancellationToken))
            return;

        await _retaking.WaitAsync(cancellationToken);
        try
        {
            // another connection may have taken it back by now
            if (!await ShareAsync(connection, cancellationToken))
                await RetakeAsync(cancellationToken);
        }
        finally
        {
            _retaking.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        // a pooled connection would keep the lock
        NpgsqlConnection.ClearPool(_connection);
        await _connection.DisposeAsync();
        _retaking.Dispose();
    }

    private Task<bool> ShareAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        AdvisoryLock.ShareAsync(connection, _group, _run, _key, _process, cancellationToken);

    private async Task RetakeAsync(CancellationToken cancellationToken)
    {
        await _connection.DisposeAsync();
        _connection = await _source.Connections.OpenConnectionAsync(cancellationToken);
        if (!await TryTakeAsync(cancellationToken))
        {
            throw new RunException(
                $"The connection that kept other runs out of schema '{_schema}' was lost, and another run is at work there now. "
                + "Run again when it has ended.");
        }
    }

    private async Task<bool> TryTakeAsync(CancellationToken cancellationToken)
    {
        if (await AdvisoryLock.TryTakeAsync(_connection, _key, cancellationToken) is not { } process)
            return false;

        _process = process;
        return true;
    }

    private async Task EndOrphansAsync(Func<bool> isTimeUp, Action<string> say, TimeProvider clock, CancellationToken cancellationToken)
    {
        var isAnnounced = false;
        var refusal = "";
        while (await AdvisoryLock.OtherMembersAsync(_connection, _group, _run, cancellationToken) is { Count: > 0 } orphans)
        {
            if (refusal.Length > 0 && isTimeUp())
            {
                throw new RunException(
                    $"Statements of a killed run are still at work in schema '{_schema}' (server process {string.Join(", ", orphans.Select(o => o.Process))}) "
                    + $"and cannot be ended: {refusal}. Wait for them, or let their role end them with pg_terminate_backend.");
            }

            if (refusal.Length > 0)
                await Task.Delay(PollInterval, clock, cancellationToken);
            if (!isAnnounced && orphans.Any(o => o.IsAtWork))
            {
                say($"A run into schema '{_schema}' was killed and its statements are still at work; ending them.");
                isAnnounced = true;
            }

            foreach (var orphan in orphans)
                refusal = await TryEndAsync(orphan.Process, cancellationToken) ?? refusal;
        }
    }

    /// <summary>Ends a server process and waits a second for its end; gives the reason where that did not come about.</summary>
    private async Task<string?> TryEndAsync(int process, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select pg_terminate_backend($1, 1000)", _connection)
        {
            Parameters = { new NpgsqlParameter<int> { TypedValue = process } },
        };
        try
        {
            return await command.ExecuteScalarAsync(cancellationToken) is true ? null : "they do not react";
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            return refused.MessageText;
        }
    }
}
