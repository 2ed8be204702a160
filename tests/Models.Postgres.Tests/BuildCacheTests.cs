using Models.Postgres.Clusters;

namespace Models.Postgres.Tests;

public sealed class BuildCacheTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private PostgresServerOptions Build => new() { Purpose = PostgresPurpose.BuildCache, Folder = _folder.Path };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Builds_at_the_same_time_share_one_server()
    {
        var servers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => PostgresServer.StartAsync(Build, Cancellation)));
        var started = await Task.WhenAll(servers.Select(server => Sql.ScalarAsync(server.ConnectionString(), "SELECT pg_postmaster_start_time()")));

        started.Distinct().Count().ShouldBe(1);
        foreach (var server in servers)
            await server.DisposeAsync();
    }

    [Fact]
    public async Task The_server_stays_until_the_last_build_leaves()
    {
        var first = await PostgresServer.StartAsync(Build, Cancellation);
        var second = await PostgresServer.StartAsync(Build, Cancellation);

        await first.DisposeAsync();
        (await Sql.ScalarAsync(second.ConnectionString(), "SELECT 1")).ShouldBe(1);

        await second.DisposeAsync();
        File.Exists(Path.Combine(_folder.Path, "data", "postmaster.pid")).ShouldBeFalse();
    }

    [Fact]
    public async Task Databases_of_builds_that_were_killed_are_dropped_at_the_next_start()
    {
        await using (var first = await PostgresServer.StartAsync(Build, Cancellation))
            await first.CreateDatabaseAsync(Cancellation);

        await using var second = await PostgresServer.StartAsync(Build, Cancellation);
        (await Sql.ScalarAsync(second.ConnectionString(), "SELECT count(*) FROM pg_database WHERE NOT datistemplate")).ShouldBe(1L);
    }

    [Fact]
    public async Task A_broken_cache_is_made_anew()
    {
        await (await PostgresServer.StartAsync(Build, Cancellation)).DisposeAsync();
        File.Delete(Path.Combine(_folder.Path, "data", "global", "pg_control"));

        await using var server = await PostgresServer.StartAsync(Build, Cancellation);
        (await Sql.ScalarAsync(server.ConnectionString(), "SELECT 1")).ShouldBe(1);
    }
}
