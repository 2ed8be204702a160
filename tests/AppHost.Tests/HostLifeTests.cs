using System.Diagnostics;
using Models.Postgres;
using Models.Postgres.Clusters;
using Npgsql;

namespace AppHost.Tests;

/// <summary>The application as a process of its own: how it starts, ends, and what is left of it.</summary>
public sealed class HostLifeTests : IDisposable
{
    private static readonly string[] s_roles =
    [
        "leadline_owner", "leadline_loader", "leadline_transformer", "leadline_reader", "leadline_scorer",
        "leadline_observer", "leadline_worker", "leadline_training", "leadline_api",
    ];

    private readonly TestFolder _folder = new();

    public HostLifeTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "looks at processes through /proc");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string[] Arguments => ["--port", "0", "--pipelines", "leads,cars", "--database", _folder.File("db")];

    private string ServerFile => Path.Combine(_folder.File("db"), "data", "postmaster.pid");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_second_start_finds_the_data_of_the_first_and_SIGTERM_ends_everything()
    {
        var first = await RunUntilUpAsync();
        var second = await RunUntilUpAsync();

        first.ShouldBeGreaterThan(0);
        second.ShouldBe(first);
    }

    [Fact]
    public async Task Data_from_before_there_were_roles_goes_on_being_loaded_built_and_served()
    {
        var before = await RunUntilUpAsync();
        await using (var server = await PostgresServer.StartAsync(new PostgresServerOptions { Purpose = PostgresPurpose.AppData, Folder = _folder.File("db") }, Cancellation))
            await RemoveRolesAsync(server);

        var after = await RunUntilUpAsync();

        after.ShouldBe(before);
        await using var upgraded = await PostgresServer.StartAsync(new PostgresServerOptions { Purpose = PostgresPurpose.AppData, Folder = _folder.File("db") }, Cancellation);
        await using var source = NpgsqlDataSource.Create(InDatabase(upgraded, "warehouse"));
        await using var command = source.CreateCommand(
            "SELECT string_agg(DISTINCT tableowner, ' ' ORDER BY tableowner) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')");
        (await command.ExecuteScalarAsync(Cancellation)).ShouldBe("leadline_training leadline_worker");
    }

    [Fact]
    public async Task Nothing_outlives_a_host_that_was_killed_hard()
    {
        using var host = HostProcess.Start(Arguments);
        await host.LineAsync("postgres is ready");
        await UntilAsync(() => host.Children().Any(child => child.Contains("Ingestion.Worker", StringComparison.Ordinal)), host);

        host.Process.Kill();

        await UntilAllIsGoneAsync(host);
    }

    [Fact]
    public async Task A_host_that_is_stopped_while_it_makes_its_first_cluster_leaves_nothing_at_work()
    {
        var cache = _folder.File("cache");
        using var host = HostProcess.Start([("LEADLINE_CACHE", cache)], Arguments);
        await host.LineAsync("Initialising a PostgreSQL");

        host.Terminate();

        (await host.EndAsync()).ShouldBe(0, host.Output);
        await UntilAllIsGoneAsync(host);
        Directory.EnumerateDirectories(cache, "data.*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_sample_and_data_of_a_user_have_servers_of_their_own()
    {
        Assert.SkipWhen(RunsContainers(), "the server is a container where containers work");
        var home = _folder.File("home");
        var data = Directory.CreateDirectory(_folder.File("data")).FullName;
        foreach (var options in (string[][])[[], ["--data", data]])
        {
            using var host = HostProcess.Start([("LEADLINE_DATA_HOME", home)], ["--port", "0", "--pipelines", "cars", .. options]);
            await host.LineAsync("postgres is ready");
            host.Terminate();
            await host.EndAsync();
            await UntilAllIsGoneAsync(host);
        }

        var folders = Directory.GetDirectories(home).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToList();
        folders.Count.ShouldBe(2);
        folders[1].ShouldBe($"{folders[0]}-sample");
    }

    [Fact]
    public async Task A_server_that_dies_ends_the_application_with_a_clear_message()
    {
        using var host = HostProcess.Start(Arguments);
        await host.LineAsync("postgres is ready");
        using (var server = Process.GetProcessById(int.Parse(File.ReadLines(ServerFile).First())))
            server.Kill();

        var exitCode = await host.EndAsync();

        exitCode.ShouldBe(1);
        host.Output.ShouldContain("error: 'postgres' ended");
        await UntilAsync(() => host.Children().Count == 0, host);
    }

    [Fact]
    public async Task A_service_that_ends_by_itself_ends_the_application_with_its_reason()
    {
        // the pipelines fail where a file that a contract names is a folder
        var data = _folder.File("data");
        Directory.CreateDirectory(Path.Combine(data, "leads", "lead_dataset.csv"));
        using var host = HostProcess.Start([.. Arguments, "--data", data]);

        var exitCode = await host.EndAsync();

        exitCode.ShouldBe(1);
        host.Output.ShouldContain("error: 'worker' ended with exit code 1: ");
        await UntilAllIsGoneAsync(host);
    }

    private static bool RunsContainers()
    {
        try
        {
            using var docker = Process.Start(new ProcessStartInfo("docker", ["ps", "--quiet"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            docker.WaitForExit();
            return docker.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    /// <summary>Starts the application, counts the leads once all is up, and stops it.</summary>
    private async Task<long> RunUntilUpAsync()
    {
        using var host = HostProcess.Start(Arguments);
        await host.LineAsync("/predict");
        // as it is printed: the password is in the file that it names
        var connectionString = (await host.LineAsync("warehouse  Host=")).Split("warehouse  ")[1];
        connectionString.ShouldNotContain("Password=");
        long leads;
        await using (var source = NpgsqlDataSource.Create(connectionString))
        await using (var command = source.CreateCommand("SELECT count(*) FROM raw.lead_dataset"))
            leads = (long)(await command.ExecuteScalarAsync(Cancellation))!;

        host.Terminate();
        (await host.EndAsync()).ShouldBe(0, host.Output);
        await UntilAllIsGoneAsync(host);
        return leads;
    }

    /// <summary>Makes everything the superuser's, as it was before the services had logins.</summary>
    private static async Task RemoveRolesAsync(PostgresServer server)
    {
        foreach (var database in (string[])["warehouse", "products"])
        {
            await using var source = NpgsqlDataSource.Create(InDatabase(server, database));
            foreach (var role in s_roles)
            {
                await using var command = source.CreateCommand($"REASSIGN OWNED BY {role} TO CURRENT_USER; DROP OWNED BY {role}");
                await command.ExecuteNonQueryAsync(Cancellation);
            }
        }

        await using var administrator = NpgsqlDataSource.Create(server.ConnectionString());
        await using var drop = administrator.CreateCommand($"DROP ROLE {string.Join(", ", s_roles)}");
        await drop.ExecuteNonQueryAsync(Cancellation);
    }

    private static string InDatabase(PostgresServer server, string database) =>
        new NpgsqlConnectionStringBuilder(server.ConnectionString()) { Database = database, Pooling = false }.ConnectionString;

    private Task UntilAllIsGoneAsync(HostProcess host) => UntilAsync(() => host.Children().Count == 0 && !File.Exists(ServerFile), host);

    private static async Task UntilAsync(Func<bool> condition, HostProcess host)
    {
        try
        {
            while (!condition())
                await Task.Delay(50, Cancellation);
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException($"{host.Output}\n{string.Join('\n', host.Children())}", e);
        }
    }
}
