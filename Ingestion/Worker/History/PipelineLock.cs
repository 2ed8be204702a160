using System.Data;
using Npgsql;

namespace Ingestion.Worker.History;

/// <summary>
/// Says that this worker runs a pipeline. It is a session's advisory lock, so that it ends with the worker, however the worker ends, and
/// no two workers ever run one pipeline at a time.
/// </summary>
internal sealed class PipelineLock : IAsyncDisposable
{
    private const string Key = "hashtextextended('leadline pipeline: ' || $1, 0)";

    private readonly NpgsqlConnection _connection;
    private readonly string _pipeline;

    private PipelineLock(NpgsqlConnection connection, string pipeline) => (_connection, _pipeline) = (connection, pipeline);

    /// <summary>Takes it; null where another run, of this or another worker, has it.</summary>
    public static async Task<PipelineLock?> TryTakeAsync(NpgsqlDataSource dataSource, string pipeline, CancellationToken cancellationToken)
    {
        var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var command = RunSql.With(new NpgsqlCommand($"select pg_try_advisory_lock({Key})", connection), pipeline);
            if (await command.ExecuteScalarAsync(cancellationToken) is true)
                return new PipelineLock(connection, pipeline);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }

        await connection.DisposeAsync();
        return null;
    }

    /// <summary>Whether somebody asks for the run's end.</summary>
    /// <exception cref="NpgsqlException">The connection, and the lock with it, is lost.</exception>
    public async Task<bool> IsCancelRequestedAsync(Guid run, CancellationToken cancellationToken)
    {
        if (_connection.FullState != ConnectionState.Open)
            throw new NpgsqlException("The connection is not open.");

        await using var command = RunSql.With(new NpgsqlCommand("select cancel_requested from ingestion.runs where run_id = $1", _connection), run);
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await using var command = RunSql.With(new NpgsqlCommand($"select pg_advisory_unlock({Key})", _connection), _pipeline);
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (Exception lost) when (lost is NpgsqlException || _connection.FullState != ConnectionState.Open)
        {
            // the lock is gone with its connection; the driver refuses a closed one by InvalidOperationException
        }
        finally
        {
            await _connection.DisposeAsync();
        }
    }
}
