using System.Net.Sockets;
using Models.Project.Configuration;
using Npgsql;

namespace Models.Database.Targets;

/// <summary>The pool of connections to a target.</summary>
public sealed class TargetSource : IAsyncDisposable
{
    private TargetSource(NpgsqlDataSource connections) => Connections = connections;

    internal NpgsqlDataSource Connections { get; }

    /// <param name="target">The target.</param>
    /// <param name="connections">The most connections that may be open at a time.</param>
    /// <param name="log">Takes the text of each statement that is sent; null where nobody reads it.</param>
    public static TargetSource Create(Target target, int connections, Action<string>? log)
    {
        var settings = new NpgsqlConnectionStringBuilder(target.ConnectionString)
        {
            ApplicationName = "leadline",
            MaxPoolSize = connections,
            CommandTimeout = 0,
            IncludeErrorDetail = true,
            IncludeFailedBatchedCommand = true,
            // the search path carries the target schema; templates print qualified names, and functions of extensions are in public
            SearchPath = target.Fields.GetValueOrDefault("search_path") as string,
        };
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        if (log is not null)
            builder.UseLoggerFactory(new StatementLog(log));
        return new TargetSource(builder.Build());
    }

    /// <summary>Opens a connection and tells the version of the server.</summary>
    /// <exception cref="System.Data.Common.DbException">The connection failed; <see cref="TargetConnection.Explain"/> says why.</exception>
    public async Task<string> ReadServerVersionAsync(CancellationToken cancellationToken)
    {
        await using var connection = await Connections.OpenConnectionAsync(cancellationToken);
        return $"PostgreSQL {connection.PostgreSqlVersion}";
    }

    /// <summary>
    /// Opens a connection for later use and runs a batch, so that the code for both is compiled by then. Best effort: a failure is not
    /// reported here, as the connection is opened again when it is needed.
    /// </summary>
    public async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await Connections.OpenConnectionAsync(cancellationToken);
            await using var batch = new NpgsqlBatch(connection) { BatchCommands = { new("select 1"), new("select 1") } };
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (Exception failure) when (
            failure is NpgsqlException or OperationCanceledException or TimeoutException or ObjectDisposedException or SocketException)
        {
            // reported by the attempt that needs the connection
        }
    }

    public ValueTask DisposeAsync() => Connections.DisposeAsync();
}
