using System.Diagnostics;
using System.Text;
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
        await host.LineAsync("ready to accept connections");
        await UntilAsync(() => Children(host).Count > 1, host);

        host.Process.Kill();

        await UntilAsync(() => Children(host).Count == 0 && !File.Exists(ServerFile), host);
    }

    [Fact]
    public async Task A_host_that_is_stopped_while_it_makes_its_first_cluster_leaves_nothing_at_work()
    {
        var cache = _folder.File("cache");
        using var host = HostProcess.Start([("LEADLINE_CACHE", cache)], Arguments);
        await host.LineAsync("Initialising a PostgreSQL");

        using var signal = Process.Start("kill", ["-TERM", $"{host.Process.Id}"]);

        (await host.EndAsync()).ShouldBe(0, host.Output);
        await UntilAsync(() => Children(host).Count == 0, host);
        Directory.EnumerateDirectories(cache, "data.*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_server_that_dies_ends_the_application_with_a_clear_message()
    {
        using var host = HostProcess.Start(Arguments);
        await host.LineAsync("ready to accept connections");
        using (var server = Process.GetProcessById(int.Parse(File.ReadLines(ServerFile).First())))
            server.Kill();

        var exitCode = await host.EndAsync();

        exitCode.ShouldBe(1);
        host.Output.ShouldContain("'postgres' ended");
        await UntilAsync(() => Children(host).Count == 0, host);
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

        using var signal = Process.Start("kill", ["-TERM", $"{host.Process.Id}"]);
        (await host.EndAsync()).ShouldBe(0);
        await UntilAsync(() => Children(host).Count == 0 && !File.Exists(ServerFile), host);
        return leads;
    }

    /// <summary>The processes that the host started, and theirs: each has the host's id in its environment.</summary>
    private static List<string> Children(HostProcess host) =>
    [
        .. Directory.EnumerateDirectories("/proc").Where(process => char.IsDigit(Path.GetFileName(process)[0]) && Environment(process)
            .Contains($"LEADLINE_PARENT_PID={host.Process.Id}\0", StringComparison.Ordinal)),
    ];

    private static string Environment(string process)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(process, "environ")));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // it ended meanwhile, or belongs to somebody else
            return "";
        }
    }

    private static async Task UntilAsync(Func<bool> condition, HostProcess host)
    {
        try
        {
            while (!condition())
                await Task.Delay(50, Cancellation);
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException(host.Output, e);
        }
    }
}
