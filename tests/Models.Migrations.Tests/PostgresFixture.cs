using Models.Postgres;
using Models.Postgres.Clusters;

[assembly: AssemblyFixture(typeof(Models.Migrations.Tests.PostgresFixture))]

namespace Models.Migrations.Tests;

/// <summary>One server for all tests; each test makes a database of its own.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    public PostgresServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await PostgresServer.StartAsync(new PostgresServerOptions(), default);

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
