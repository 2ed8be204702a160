using Models.Postgres;
using Models.Postgres.Clusters;

[assembly: AssemblyFixture(typeof(Ingestion.Connectors.Tests.PostgresFixture))]

namespace Ingestion.Connectors.Tests;

/// <summary>One server for all tests; each test makes a database of its own.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    public PostgresServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await PostgresServer.StartAsync(new PostgresServerOptions(), default);

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
