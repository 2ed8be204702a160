using Microsoft.Extensions.Options;
using Npgsql;
using Serving.Api.Configuration;

namespace Serving.Api.Reads;

/// <summary>
/// Runs what a request or a poll reads: within a time limit, again on another connection where the first one was closed or
/// knows the table as it was before, and with failures as <see cref="WarehouseException"/>s.
/// </summary>
internal sealed class WarehouseReads(NpgsqlDataSource source, IOptions<ServingOptions> options, WarehouseLog log)
{
    /// <summary>An outdated connection may be got again while another request clears the pool.</summary>
    private const int MostAttempts = 5;

    /// <exception cref="WarehouseException">The warehouse did not give the answer.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Value.LookupTimeout);
        try
        {
            var result = await ReadAsync(read, limit.Token);
            log.Succeeded();
            return result;
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failed(new TimeoutException($"no answer within {options.Value.LookupTimeout.TotalSeconds:0.###} s", exception));
        }
        catch (Exception exception) when (WarehouseException.Of(exception) is not null)
        {
            throw Failed(exception);
        }
    }

    private async Task<T> ReadAsync<T>(Func<CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await read(cancellationToken);
            }
            catch (NpgsqlException exception) when ((attempt == 1 && IsConnectionLost(exception)) || (attempt < MostAttempts && IsOutdated(exception)))
            {
                // the other idle connections were probably closed with it, or know the table as it was before, too
                source.Clear();
            }
        }
    }

    /// <summary>The table was rebuilt with other columns since the statement was prepared on this connection.</summary>
    private static bool IsOutdated(NpgsqlException exception) => exception is PostgresException { SqlState: PostgresErrorCodes.FeatureNotSupported };

    /// <summary>A pooled connection that the server closed, which only shows when it is used.</summary>
    private static bool IsConnectionLost(NpgsqlException exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.IdleSessionTimeout } => true,
        PostgresException => false,
        _ => exception.InnerException is IOException,
    };

    private WarehouseException Failed(Exception exception)
    {
        var failure = WarehouseException.Of(exception)!;
        log.Failed(failure);
        return failure;
    }
}
