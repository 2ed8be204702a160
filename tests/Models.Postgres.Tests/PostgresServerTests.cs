using Npgsql;

namespace Models.Postgres.Tests;

public sealed class PostgresServerTests
{
    private static readonly PostgresServerOptions s_test = new();

    [Fact]
    public async Task A_test_server_starts_answers_and_leaves_nothing_behind()
    {
        var server = await PostgresServer.StartAsync(s_test, TestContext.Current.CancellationToken);
        var database = await server.CreateDatabaseAsync(TestContext.Current.CancellationToken);

        (await ScalarAsync(database, "SELECT 1 + 1")).ShouldBe(2);

        var data = (string)(await ScalarAsync(database, "SHOW data_directory"))!;
        await server.DisposeAsync();
        Directory.Exists(Path.GetDirectoryName(data)).ShouldBeFalse();
    }

    [Fact]
    public async Task Servers_run_side_by_side()
    {
        var servers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => PostgresServer.StartAsync(s_test, default)));

        foreach (var server in servers)
        {
            (await ScalarAsync(server.ConnectionString(), "SELECT 1")).ShouldBe(1);
            await server.DisposeAsync();
        }
    }

    private static async Task<object?> ScalarAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
