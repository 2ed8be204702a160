using System.Diagnostics;
using Npgsql;

namespace AppHost.Tests;

/// <summary>The application as a process of its own: how it starts, ends, and what is left of it.</summary>
public sealed class HostLifeTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public HostLifeTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "looks at processes through /proc");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string[] Arguments => ["--port", "0", "--database", _folder.File("db")];

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
