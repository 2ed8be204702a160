using Models.Postgres;
using Models.Postgres.Clusters;
using Npgsql;

namespace Ingestion.Connectors.Tests.Postgres;

/// <summary>A server whose changes can be captured.</summary>
public sealed class LogicalServer : IAsyncLifetime
{
    public PostgresServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Server = await PostgresServer.StartAsync(new PostgresServerOptions { Settings = new Dictionary<string, string> { ["wal_level"] = "logical" } }, default);

    /// <summary>A new database; skips the test where a given server does not log changes.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        await using var source = NpgsqlDataSource.Create(Server.ConnectionString());
        await using var command = source.CreateCommand("show wal_level");
        Assert.SkipUnless((string?)await command.ExecuteScalarAsync() == "logical", "The server that LEADLINE_POSTGRES names has another wal_level than logical");
        return await Server.CreateDatabaseAsync(default);
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
