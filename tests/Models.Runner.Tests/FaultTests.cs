using Models.Database;
using Models.Engine;
using Models.Engine.Execution;
using Npgsql;

namespace Models.Runner.Tests;

public sealed class FaultTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Killed_at_any_moment_every_table_is_the_old_or_the_new_and_the_next_run_completes()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        await project.ExecuteAsync("create schema raw; create table raw.input as select n as id, 1 as version from generate_series(1, 2000) as n");
        project.Model("t", "{{ config(materialized='table') }} select id, version from raw.input")
            .Model("inc",
                "{{ config(materialized='incremental', unique_key='id') }} select id, version from raw.input where version = (select max(version) from " +
                "raw.input)")
            .Model("v", "select count(*) as n, count(distinct version) as versions from {{ ref('t') }}")
            .Write("snapshots/s.sql",
                "{% snapshot s %}{{ config(unique_key='id', strategy='check', check_cols='all', target_schema='dev') }} select * from raw.input{% " +
                "endsnapshot %}");
        (await project.BuildAsync()).ShouldSucceed();

        var kills = int.TryParse(Environment.GetEnvironmentVariable("LEADLINE_KILLS"), out var asked) ? asked : 10;
        var random = new Random(7);
        for (var version = 2; version < 2 + kills; version++)
        {
            await project.ExecuteAsync($"update raw.input set version = {version}");
            using (var process = LeadlineProcess.Start(project, "build"))
            {
                await Task.Delay(random.Next(200, 1800));
                process.Kill();
                await process.WaitForExitAsync();
            }

            (await project.ScalarAsync("select n || ' ' || versions from dev.v")).ShouldBe("2000 1");
            (await project.ScalarAsync("select count(*) || ' ' || count(distinct version) from dev.inc")).ShouldBe("2000 1");
            (await project.ScalarAsync("select count(*) from dev.s where dbt_valid_to is null")).ShouldBe("2000");

            (await project.BuildAsync()).ShouldSucceed();
            (await project.ScalarAsync("select min(version) || ' ' || max(version) from dev.t")).ShouldBe($"{version} {version}");
            (await project.ScalarAsync("select min(version) || ' ' || max(version) from dev.inc")).ShouldBe($"{version} {version}");
            (await project.ScalarAsync("select count(*) from dev.s")).ShouldBe($"{2000 * version}");
            (await project.ScalarAsync(
                "select count(*) from pg_class c join pg_namespace n on n.oid = relnamespace where nspname = 'dev' and relkind in ('r', 'v')")).ShouldBe("4");
        }
    }

    [Fact]
    public async Task A_second_run_into_the_same_schema_waits_or_fails_as_asked()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("slow", "{{ config(materialized='table') }} select pg_sleep(1.5)::text as x");
        var first = project.RunAsync(RunVerb.Run);
        await WaitUntilRunningAsync(project, "pg_sleep");

        var impatient = () => project.RunAsync(new RunOptions { Verb = RunVerb.Run, Compile = project.Options(), LockTimeout = TimeSpan.Zero });
        (await impatient.ShouldThrowAsync<RunException>()).Message.ShouldContain("Another run is at work in schema 'dev'");
        var second = project.RunAsync(RunVerb.Run);

        (await first).ShouldSucceed();
        (await second).ShouldSucceed();
        (await first).Results[0].CompletedAt.ShouldBeLessThan((await second).Results[0].StartedAt);
    }

    [Fact]
    public async Task The_statement_of_a_killed_run_is_ended_by_the_next_run()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("slow", "{{ config(materialized='table') }} select 1 as id");
        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();
        project.Model("slow", "{{ config(materialized='table') }} select 2 as id from (select pg_sleep(30)) as s");
        using (var process = LeadlineProcess.Start(project, "run"))
        {
            await WaitUntilRunningAsync(project, "pg_sleep(30)");
            process.Kill();
            await process.WaitForExitAsync();
        }

        project.Model("slow", "{{ config(materialized='table') }} select 3 as id");
        var said = new MessageLines();
        var next = await project.RunAsync(new RunOptions { Verb = RunVerb.Run, Compile = project.Options(), LockTimeout = TimeSpan.Zero }, said);

        next.ShouldSucceed();
        said.Lines.ShouldContain("A run into schema 'dev' was killed and its statements are still at work; ending them.");
        (await project.ScalarAsync(
            "select count(*) from pg_stat_activity where datname = current_database() and query like '%pg_sleep(30)%' and pid <> pg_backend_pid()"))
                .ShouldBe("0");
        (await project.ScalarAsync("select id from dev.slow")).ShouldBe("3");
    }

    [Fact]
    public async Task A_run_whose_lock_was_lost_does_not_go_on_beside_another()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("slow", "{{ config(materialized='table') }} select pg_sleep(2)::text as x");
        var first = project.RunAsync(RunVerb.Run);
        await WaitUntilRunningAsync(project, "pg_sleep");
        await project.ExecuteAsync(
            "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objsubid = 1 and database = (select oid from pg_database where " +
            "datname = current_database())");

        var second = project.RunAsync(RunVerb.Run);

        (await second).ShouldSucceed();
        (await first).Of(
            "slow").Message.ShouldStartWith("The connection that kept other runs out of schema 'dev' was lost, and another run is at work there now.");
    }

    [Fact]
    public async Task A_run_that_lost_its_lock_and_its_connection_takes_the_lock_back()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "{{ config(materialized='table') }} select pg_sleep(1)::text as x")
            .Model("b", "{{ config(materialized='table') }} select pg_sleep(2)::text as x from {{ ref('a') }}");
        var first = project.RunAsync(RunVerb.Run);
        await WaitUntilRunningAsync(project, "pg_sleep(1)");
        await project.ExecuteAsync(
            "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = " +
            "current_database())");
        await WaitUntilRunningAsync(project, "pg_sleep(2)");

        var impatient = () => project.RunAsync(new RunOptions { Verb = RunVerb.Run, Compile = project.Options(), LockTimeout = TimeSpan.Zero });

        (await impatient.ShouldThrowAsync<RunException>()).Message.ShouldContain("Another run is at work in schema 'dev'");
        (await first).ShouldSucceed();
    }

    [Fact]
    public async Task A_lost_connection_is_replaced_and_the_node_run_again()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("slow", "{{ config(materialized='table') }} select pg_sleep(1)::text as x");
        var run = project.RunAsync(RunVerb.Run);
        await WaitUntilRunningAsync(project, "pg_sleep");

        await project.ExecuteAsync(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like '%pg_sleep%' and pid <> " +
            "pg_backend_pid()");

        (await run).ShouldSucceed();
    }

    [Fact]
    public async Task Cancelling_stops_the_server_too_and_leaves_the_old_table()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("t", "{{ config(materialized='table') }} select 1 as id");
        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();
        project.Model("t", "{{ config(materialized='table') }} select 2 as id from (select pg_sleep(60)) as s").Model("after", "select * from {{ ref('t') }}");
        using var cancel = new CancellationTokenSource();
        var run = new ModelRunner().RunAsync(new RunOptions { Verb = RunVerb.Run, Compile = project.Options() }, observer: null, cancel.Token);
        await WaitUntilRunningAsync(project, "pg_sleep");

        await cancel.CancelAsync();
        var summary = await run;

        summary.Cancelled.ShouldBeTrue();
        summary.Success.ShouldBeFalse();
        summary.Of("after").Status.ShouldBe(NodeStatus.Skipped);
        (await project.ScalarAsync("select id from dev.t")).ShouldBe("1");
        (await project.ScalarAsync(
            "select count(*) from pg_stat_activity where datname = current_database() and state = 'active' and query like '%pg_sleep(60)%' and pid <> " +
            "pg_backend_pid()")).ShouldBe("0");
    }

    [Fact]
    public async Task A_role_that_may_not_make_schemas_gets_one_line()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "select 1 as id");
        var role = $"weak_{Guid.NewGuid():N}";
        await project.ExecuteAsync($"create role {role} login password 'weak'");
        var settings = new NpgsqlConnectionStringBuilder(project.ConnectionString) { Username = role, Password = "weak" };

        var run = () =>
            project.RunAsync(new RunOptions { Verb = RunVerb.Run, Compile = project.Options() with { ConnectionString = settings.ConnectionString } });

        (await run.ShouldThrowAsync<RunException>()).Message.ShouldContain("Schema 'dev' cannot be made: permission denied");
    }

    [Fact]
    public async Task Many_workers_make_do_with_few_connections()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        for (var i = 0; i < 60; i++)
            project.Model($"m{i}", "{{ config(materialized='table') }} select 1 as id");
        var role = $"few_{Guid.NewGuid():N}";
        await project.ExecuteAsync(
            $"create role {role} login password 'few' connection limit 5; grant create on database " +
            $"\"{new NpgsqlConnectionStringBuilder(project.ConnectionString).Database}\" to {role}");
        var settings = new NpgsqlConnectionStringBuilder(project.ConnectionString) { Username = role, Password = "few" };

        var summary = await project.RunAsync(
            new RunOptions { Verb = RunVerb.Run, Compile = project.Options() with { ConnectionString = settings.ConnectionString }, Threads = 16 });

        summary.ShouldSucceed().Results.Count.ShouldBe(60);
    }

    private static async Task WaitUntilRunningAsync(TestProject project, string text)
    {
        while (await project.ScalarAsync(
            $"select count(*) from pg_stat_activity where datname = current_database() and state = 'active' and query like '%{text}%' and pid <> " +
            $"pg_backend_pid()") == "0")
            await Task.Delay(20);
    }
}
