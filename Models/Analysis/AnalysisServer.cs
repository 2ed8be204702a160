using Models.Postgres;
using Models.Postgres.Clusters;
using Models.Postgres.Machine;

namespace Models.Analysis;

/// <summary>
/// The server of one compilation, started on first use: a build without changes needs none. It may be started early, in parallel with other work.
/// </summary>
internal sealed class AnalysisServer(string? connectionString) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private Task<(PostgresServer Server, AnalysisDatabase Database)>? _starting;

    /// <summary>The name of the target's database, which SQL may contain.</summary>
    public string TargetDatabase { get; set; } = "";

    /// <exception cref="PostgresServerException">No server can be found or started.</exception>
    /// <exception cref="Npgsql.NpgsqlException">The server rejects the creation of a database.</exception>
    public async Task<AnalysisDatabase> DatabaseAsync(CancellationToken cancellationToken) => (await Begin(cancellationToken)).Database;

    public Task<(PostgresServer Server, AnalysisDatabase Database)> Begin(CancellationToken cancellationToken)
    {
        lock (_gate)
            return _starting ??= Task.Run(() => StartAsync(cancellationToken), cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_starting is null)
            return;

        try
        {
            var (server, database) = await _starting;
            await database.DisposeAsync();
            await server.DisposeAsync();
        }
        catch (Exception e) when (e is PostgresServerException or Npgsql.NpgsqlException or OperationCanceledException)
        {
            // the server never started; the caller already reported it
        }
    }

    private async Task<(PostgresServer Server, AnalysisDatabase Database)> StartAsync(CancellationToken cancellationToken)
    {
        var options = new PostgresServerOptions { Purpose = PostgresPurpose.BuildCache, ConnectionString = connectionString };
        var server = await PostgresServer.StartAsync(options, cancellationToken);
        try
        {
            var connections = Math.Clamp(Environment.ProcessorCount, 2, 8);
            return (server, await AnalysisDatabase.CreateAsync(server.ConnectionString(), TargetDatabase, connections, cancellationToken));
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }
}
