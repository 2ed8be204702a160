using System.Diagnostics;
using System.Globalization;

namespace Models.Runner.Tests;

/// <summary>Ctrl-C ends every command with the same exit code.</summary>
public sealed class InterruptionTests(PostgresFixture postgres)
{
    [Theory]
    [InlineData("{{ config(materialized='table') }} select 1 as id from (select pg_sleep(60)) as s", "run")]
    [InlineData("select 1 as id {% if execute %}{% do run_query('select pg_sleep(60)') %}{% endif %}", "run")]
    [InlineData("select 1 as id {% if execute %}{% do run_query('select pg_sleep(60)') %}{% endif %}", "compile")]
    [InlineData("select 1 as id from (select pg_sleep(60)) as s", "show", "--select", "m")]
    public async Task Ctrl_C_ends_with_two(string sql, params string[] arguments)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a Ctrl-C is sent to a process by 'kill -INT'");
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("m", sql);
        using var process = LeadlineProcess.Start(project, arguments);
        while (!process.HasExited
            && await project.ScalarAsync(
                "select count(*) from pg_stat_activity where datname = current_database() and state = 'active' and query like '%pg_sleep(60)%' and pid <> " +
                "pg_backend_pid()") == "0")
            await Task.Delay(50, TestContext.Current.CancellationToken);

        await InterruptAsync(process);

        process.ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task Ctrl_C_while_another_run_is_waited_for_ends_with_two()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a Ctrl-C is sent to a process by 'kill -INT'");
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("m", "{{ config(materialized='table') }} select 1 as id from (select pg_sleep(60)) as s");
        using var first = LeadlineProcess.Start(project, "run");
        while (!first.HasExited && await project.ScalarAsync(
            "select count(*) from pg_stat_activity where datname = current_database() and query like '%pg_sleep(60)%' and pid <> pg_backend_pid()") == "0")
            await Task.Delay(50, TestContext.Current.CancellationToken);
        using var second = LeadlineProcess.Start(project, "run");
        while (await second.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line
            && !line.Contains("waiting for it to end", StringComparison.Ordinal))
        {
        }

        await InterruptAsync(second);
        await InterruptAsync(first);

        second.ExitCode.ShouldBe(2);
        first.ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task A_log_file_on_a_full_disk_is_one_warning_and_the_run_goes_on()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/dev/full stands in for the full disk");
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "select 1 as id").Model("b", "select 1 as id").Write("logs/.keep", "");
        File.CreateSymbolicLink(Path.Combine(project.Folder, "logs/dbt.log"), "/dev/full");

        var (exitCode, output, _) = await LeadlineProcess.RunAsync(project, "run", "--log-path", Path.Combine(project.Folder, "logs"));

        exitCode.ShouldBe(0);
        output.ShouldContain("Done. PASS=2");
        output.Split("dbt.log can no longer be written: No space left on device").Length.ShouldBe(2, output);
    }

    private static async Task InterruptAsync(Process process)
    {
        using var kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        await Task.WhenAll(output, errors);
    }
}
