using Models.Postgres;
using Models.Postgres.Clusters;
using Models.Runner.Tests;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace Models.Runner.Tests;

/// <summary>One server for all tests; each takes a database of its own.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    public PostgresServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await PostgresServer.StartAsync(new PostgresServerOptions(), default);

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
