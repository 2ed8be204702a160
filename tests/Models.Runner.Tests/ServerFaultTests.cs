using System.Diagnostics;
using Models.Engine;
using Models.Postgres;
using Models.Postgres.Clusters;
using Npgsql;

namespace Models.Runner.Tests;

/// <summary>What befalls the server while a run is at work.</summary>
public sealed class ServerFaultTests
{
    [Fact]
    public async Task A_server_that_restarts_in_the_middle_is_waited_for()
    {
        Assert.SkipWhen(LeadlinePostgresIsGiven, "LEADLINE_POSTGRES names a server that is not ours to restart");
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"ll-restart-{Guid.NewGuid():N}"[..19]));
        var options = new PostgresServerOptions { Purpose = PostgresPurpose.AppData, Folder = folder.FullName, Durable = false };
        var cancellationToken = TestContext.Current.CancellationToken;
        var server = await PostgresServer.StartAsync(options, cancellationToken);
        try
        {
            await using var project = await TestProject.CreateAsync(server);
            project.Model("a", "{{ config(materialized='incremental') }} select 1 as id, pg_sleep(2)::text as x")
                .Model("b", "select count(*) as n from {{ ref('a') }}");
            var run = project.RunAsync(RunVerb.Run);
            while (await project.ScalarAsync(
                "select count(*) from pg_stat_activity where state = 'active' and query like '%pg_sleep%' and pid <> pg_backend_pid()") == "0")
                await Task.Delay(20, cancellationToken);

            await server.DisposeAsync();
            server = await PostgresServer.StartAsync(options, cancellationToken);

            (await run).ShouldSucceed();
            // the test's own idle connections went with the old server
            await using var fresh = NpgsqlDataSource.Create(project.ConnectionString);
            await using var command = fresh.CreateCommand("select n from dev.b");
            (await command.ExecuteScalarAsync(cancellationToken)).ShouldBe(1L);
        }
        finally
        {
            await server.DisposeAsync();
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Five_hundred_models_and_sixteen_threads_make_do_with_a_server_of_twenty_connections()
    {
        Assert.SkipWhen(LeadlinePostgresIsGiven, "LEADLINE_POSTGRES names a server that is not ours to set up");
        var cancellationToken = TestContext.Current.CancellationToken;
        var options = new PostgresServerOptions { Settings = new Dictionary<string, string> { ["max_connections"] = "20" } };
        await using var server = await PostgresServer.StartAsync(options, cancellationToken);
        await using var project = await TestProject.CreateAsync(server);
        for (var i = 0; i < 500; i++)
            project.Model(
                $"m{i:000}", i < 5
                    ? "{{ config(materialized='table') }} select 1 as id" : $"{{{{ config(materialized='{(i % 2 == 0 ? "table" : "view")}') }}}} select id " +
                        $"from {{{{ ref('m{i % 5:000}') }}}}");
        // others are at work there too
        await using var others = NpgsqlDataSource.Create($"{project.ConnectionString};Maximum Pool Size=10");
        var held = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => others.OpenConnectionAsync(cancellationToken).AsTask()));

        var summary = await project.RunAsync(new RunOptions { Verb = RunVerb.Run, Compile = project.Options(), Threads = 16 });

        summary.ShouldSucceed().Results.Count.ShouldBe(500);
        (await project.ScalarAsync("select count(*) from pg_class where relnamespace = 'dev'::regnamespace and relkind in ('r', 'v')")).ShouldBe("500");
        foreach (var connection in held)
            await connection.DisposeAsync();
    }

    [Fact]
    public async Task A_full_disk_is_one_line_and_the_old_table_stays()
    {
        Assert.SkipWhen(LeadlinePostgresIsGiven, "LEADLINE_POSTGRES names a server that may be elsewhere");
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "mounting a small file system needs root on Linux");
        // a server of its own: one that cannot write fails all its databases
        await using var server = await PostgresServer.StartAsync(new PostgresServerOptions(), TestContext.Current.CancellationToken);
        await using var project = await TestProject.CreateAsync(server);
        var disk = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"ll-disk-{Guid.NewGuid():N}"[..16]));
        var space = $"small_{Guid.NewGuid():N}";
        var owner = await OutputAsync("stat", "-c", "%u", await project.ScalarAsync("show data_directory"));
        var mounted = await ExitCodeAsync("mount", "-t", "tmpfs", "-o", $"size=2m,mode=700,uid={owner}", "tmpfs", disk.FullName);
        Assert.SkipUnless(mounted == 0, "this container may not mount file systems");
        try
        {
            await project.ExecuteAsync($"create tablespace {space} location '{disk.FullName}'");
            project.Model("t", $"{{{{ config(materialized='table', tablespace='{space}') }}}} select 1 as id");
            (await project.RunAsync(RunVerb.Run)).ShouldSucceed();

            project.Model(
                "t", $"{{{{ config(materialized='table', tablespace='{space}') }}}} select n as id, repeat('x', 500) as x from generate_series(1, 20000) as n");
            var result = (await project.RunAsync(RunVerb.Run)).Of("t");

            result.Status.ShouldBe(NodeStatus.Error);
            result.Message.ShouldContain("No space left on device");
            result.Message.ShouldNotContain("\n");
            (await project.RowsAsync("select id from dev.t")).ShouldBe(["1"]);
        }
        finally
        {
            await ExitCodeAsync("umount", "--lazy", disk.FullName);
            disk.Delete(recursive: true);
        }
    }

    private static bool LeadlinePostgresIsGiven => Environment.GetEnvironmentVariable("LEADLINE_POSTGRES")?.Contains('=', StringComparison.Ordinal) == true;

    private static async Task<int> ExitCodeAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    private static async Task<string> OutputAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output.Trim();
    }
}
