using Models.Engine;
using Models.Project.Graph;

namespace Models.Runner.Tests;

public sealed class SampleTests(PostgresFixture postgres)
{
    private static readonly TimeRange Window = new(new DateTime(2026, 1, 2), new DateTime(2026, 1, 4));

    [Fact]
    public async Task Models_read_only_the_rows_of_the_asked_event_time()
    {
        await using var project = await CreateAsync();
        project.Model("all_days", "select * from {{ source('raw', 'events') }}").Model("untimed", "select * from {{ source('raw', 'names') }}")
            .Write("tests/whole.sql", "select count(*) from {{ source('raw', 'events') }} having count(*) <> 6");

        (await project.RunAsync(Sampled(project, RunVerb.Build))).ShouldSucceed();

        (await project.RowsAsync("select at::date::text from dev.all_days order by 1")).ShouldBe(["2026-01-02", "2026-01-03"]);
        (await project.ScalarAsync("select count(*) from dev.untimed")).ShouldBe("6");
    }

    [Fact]
    public async Task Batches_are_those_of_the_asked_event_time()
    {
        await using var project = await CreateAsync();
        project.Model("m", """
            {{ config(materialized='incremental', incremental_strategy='microbatch', event_time='at', begin='2026-01-01', batch_size='day') }}
            select * from {{ source('raw', 'events') }}
            """);

        (await project.RunAsync(Sampled(project, RunVerb.Run))).ShouldSucceed();

        (await project.RowsAsync("select at::date::text from dev.m order by 1")).ShouldBe(["2026-01-02", "2026-01-03"]);
    }

    [Fact]
    public async Task A_sample_is_a_count_of_days_or_a_start_and_an_end()
    {
        await using var project = await CreateAsync();
        await project.ExecuteAsync("insert into raw.events values (now() at time zone 'utc' - interval '1 day')");
        project.Model("m", "{{ config(materialized='table') }} select * from {{ source('raw', 'events') }}");

        (await LeadlineProcess.RunAsync(project, "run", "--sample", "3 days")).ExitCode.ShouldBe(0);
        (await project.ScalarAsync("select count(*) from dev.m")).ShouldBe("1");
        (await LeadlineProcess.RunAsync(project, "run", "--sample", "{start: 2026-01-02, end: '2026-01-05 00:00'}")).ExitCode.ShouldBe(0);
        (await project.ScalarAsync("select count(*) from dev.m")).ShouldBe("3");
        var (exitCode, _, errors) = await LeadlineProcess.RunAsync(project, "run", "--sample", "a while");

        exitCode.ShouldBe(2);
        errors.ShouldContain("--sample is '3 days'");
    }

    private static RunOptions Sampled(TestProject project, RunVerb verb) => new() { Verb = verb, Compile = project.Options() with { Sample = Window } };

    private async Task<TestProject> CreateAsync()
    {
        var project = await TestProject.CreateAsync(postgres);
        await project.ExecuteAsync("""
            create schema raw;
            create table raw.events as select timestamp '2026-01-01 12:00' + n * interval '1 day' as at from generate_series(0, 5) as n;
            create table raw.names as select * from raw.events;
            """);
        return project.Write("models/schema.yml", """
            sources:
              - name: raw
                schema: raw
                tables: [{name: events, config: {event_time: at}}, {name: names}]
            """);
    }
}
