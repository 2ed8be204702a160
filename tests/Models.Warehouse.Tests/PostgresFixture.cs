using Models.Postgres;
using Models.Postgres.Clusters;
using Models.Warehouse.Tests;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace Models.Warehouse.Tests;

/// <summary>One server for all tests; each warehouse has a database of its own.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    public PostgresServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await PostgresServer.StartAsync(new PostgresServerOptions(), default);

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
