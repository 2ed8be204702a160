using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Models.Runner.Execution;

/// <summary>
/// Keeps two runs of one project out of one schema: a session-level advisory lock on their names, which the server gives back by
/// itself when the holder dies. Different projects run into one target side by side, as they have relations of their own.
/// </summary>
internal sealed class RunLock : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;

    private RunLock(NpgsqlConnection connection) => _connection = connection;

    public static async Task<RunLock> TakeAsync(
        NpgsqlDataSource source, string project, string schema, TimeSpan timeout, Action<string> say, TimeProvider clock, CancellationToken cancellationToken)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken);
        try
        {
            var start = clock.GetTimestamp();
            var waited = false;
            while (!await TryTakeAsync(connection, Key(project, schema), cancellationToken))
            {
                if (clock.GetElapsedTime(start) >= timeout)
                    throw new RunException($"Another run is at work in schema '{schema}'. Wait for it, or give --lock-timeout more seconds than {timeout.TotalSeconds:0}.");

                if (!waited)
                    say($"Another run is at work in schema '{schema}'; waiting for it to end.");
                waited = true;
                await Task.Delay(TimeSpan.FromMilliseconds(200), clock, cancellationToken);
            }

            return new RunLock(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>The connection that holds the lock; free for short questions of the run itself.</summary>
    public NpgsqlConnection Connection => _connection;

    public ValueTask DisposeAsync()
    {
        // a pooled connection would keep the lock
        NpgsqlConnection.ClearPool(_connection);
        return _connection.DisposeAsync();
    }

    private static async Task<bool> TryTakeAsync(NpgsqlConnection connection, long key, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select pg_try_advisory_lock($1)", connection)
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = key } },
        };
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static long Key(string project, string schema) =>
        BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes($"leadline run {project} {schema}")));
}
