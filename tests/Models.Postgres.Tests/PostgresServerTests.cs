using System.Net;
using System.Net.Sockets;
using Models.Postgres.Clusters;
using Models.Postgres.Machine;

namespace Models.Postgres.Tests;

public sealed class PostgresServerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_test_server_starts_answers_and_leaves_nothing_behind()
    {
        var server = await PostgresServer.StartAsync(new PostgresServerOptions(), Cancellation);
        var database = await server.CreateDatabaseAsync(Cancellation);

        (await Sql.ScalarAsync(database, "SELECT 1 + 1")).ShouldBe(2);

        var data = await Sql.DataFolderAsync(server);
        await server.DisposeAsync();
        Directory.Exists(Path.GetDirectoryName(data)).ShouldBeFalse();
    }

    [Fact]
    public async Task Servers_run_side_by_side()
    {
        var servers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => PostgresServer.StartAsync(new PostgresServerOptions(), Cancellation)));

        foreach (var server in servers)
        {
            (await Sql.ScalarAsync(server.ConnectionString(), "SELECT 1")).ShouldBe(1);
            await server.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_server_is_reached_by_its_password_alone()
    {
        await using var server = await PostgresServer.StartAsync(new PostgresServerOptions(), Cancellation);
        var guess = new Npgsql.NpgsqlConnectionStringBuilder(server.ConnectionString()) { Password = "guess" }.ConnectionString;

        var error = await Should.ThrowAsync<Npgsql.PostgresException>(() => Sql.ScalarAsync(guess, "SELECT 1"));

        error.SqlState.ShouldBe(Npgsql.PostgresErrorCodes.InvalidPassword);
    }

    [Fact]
    public async Task Each_cluster_has_a_password_of_its_own()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "single-user mode, which sets it, is refused to administrators there");
        await using var one = await PostgresServer.StartAsync(new PostgresServerOptions { Port = 0 }, Cancellation);
        await using var other = await PostgresServer.StartAsync(new PostgresServerOptions { Port = 0 }, Cancellation);
        var password = new Npgsql.NpgsqlConnectionStringBuilder(one.ConnectionString()).Password;
        var crossed = new Npgsql.NpgsqlConnectionStringBuilder(other.ConnectionString()) { Password = password }.ConnectionString;

        (await Should.ThrowAsync<Npgsql.PostgresException>(() => Sql.ScalarAsync(crossed, "SELECT 1"))).SqlState.ShouldBe(
            Npgsql.PostgresErrorCodes.InvalidPassword);
    }

    [Fact]
    public async Task A_server_listens_on_a_port_when_asked_to()
    {
        await using var server = await PostgresServer.StartAsync(new PostgresServerOptions { Port = 0 }, Cancellation);

        new Npgsql.NpgsqlConnectionStringBuilder(server.ConnectionString()).Host.ShouldBe("127.0.0.1");
        (await Sql.ScalarAsync(server.ConnectionString(), "SELECT 1")).ShouldBe(1);
    }

    [Fact]
    public async Task A_folder_too_deep_for_a_socket_gets_a_port()
    {
        using var folder = new TestFolder();
        var deep = Path.Combine(folder.Path, new string('d', 90));
        await using var server = await PostgresServer.StartAsync(
            new PostgresServerOptions { Folder = deep, Purpose = PostgresPurpose.BuildCache }, Cancellation);

        (await Sql.ScalarAsync(server.ConnectionString(), "SELECT 1")).ShouldBe(1);
    }

    [Fact]
    public async Task A_port_in_use_is_named()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var error = await Should.ThrowAsync<PostgresServerException>(
            () => PostgresServer.StartAsync(new PostgresServerOptions { Port = port }, Cancellation));

        error.Message.ShouldContain($"port {port} is in use");
    }

    [Fact]
    public async Task A_given_server_is_used_as_it_is()
    {
        await using var running = await PostgresServer.StartAsync(new PostgresServerOptions(), Cancellation);
        await using (var given = await PostgresServer.StartAsync(new PostgresServerOptions { ConnectionString = running.ConnectionString() }, Cancellation))
            (await Sql.ScalarAsync(await given.CreateDatabaseAsync(Cancellation), "SELECT 1")).ShouldBe(1);

        (await Sql.ScalarAsync(running.ConnectionString(), "SELECT 1")).ShouldBe(1);
    }

    [Fact]
    public async Task The_npm_package_serves_where_the_machine_has_no_PostgreSQL()
    {
        PostgresServer server;
        try
        {
            server = await PostgresServer.StartAsync(new PostgresServerOptions { Binaries = "embedded" }, Cancellation);
        }
        catch (PostgresServerException e) when (e.Message.Contains("npm", StringComparison.Ordinal))
        {
            Assert.Skip($"The npm package cannot be had here: {e.Message}");
            return;
        }

        await using (server)
            ((string)(await Sql.ScalarAsync(server.ConnectionString(), "SHOW server_version"))!).ShouldStartWith("18.");
    }

    [Fact]
    public async Task A_folder_without_programs_is_refused()
    {
        using var folder = new TestFolder();

        var error = await Should.ThrowAsync<PostgresServerException>(
            () => PostgresServer.StartAsync(new PostgresServerOptions { Binaries = folder.Path }, Cancellation));

        error.Message.ShouldContain(folder.Path);
    }
}
