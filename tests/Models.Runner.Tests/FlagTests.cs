using System.Text.Json;

namespace Models.Runner.Tests;

/// <summary>Where flags come from: the command line, the environment, the project.</summary>
public sealed class FlagTests(PostgresFixture postgres)
{
    private const string Says = "{{ log('fail_fast ' ~ flags.FAIL_FAST ~ ', width ' ~ flags.PRINTER_WIDTH ~ ', favor ' ~ flags.FAVOR_STATE, info=true) }}";

    [Theory]
    [InlineData("fail_fast True, width 60, favor False", "", "run")]
    [InlineData("fail_fast False, width 60, favor False", "DBT_FAIL_FAST=0", "run")]
    [InlineData("fail_fast True, width 100, favor False", "DBT_FAIL_FAST=no,DBT_PRINTER_WIDTH=100", "run", "--fail-fast")]
    [InlineData("fail_fast False, width 60, favor True", "DBT_FAVOR_STATE=t", "run", "--no-fail-fast")]
    [InlineData("fail_fast False, width 20, favor False", "DBT_PRINTER_WIDTH=100", "--no-fail-fast", "--printer-width", "20", "run")]
    public async Task The_command_line_comes_before_the_environment_and_that_before_the_project(string expected, string environment, params string[] arguments)
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("dbt_project.yml", "name: shop\nversion: '1.0'\nprofile: shop\nflags: {fail_fast: true, printer_width: 60, partial_parse: false}\n")
            .Write("macros/says.sql", $"{{% macro says() %}}{Says}{{% endmacro %}}")
            .Model("a", "{% if execute %}{{ says() }}{% endif %} select 1 as id");

        var (exitCode, output, errors) = await LeadlineProcess.RunAsync(project, arguments, Pairs(environment));

        exitCode.ShouldBe(0, errors);
        output.ShouldContain(expected);
    }

    [Theory]
    [InlineData(2, "warn_error: true", "")]
    [InlineData(0, "warn_error: true", "DBT_WARN_ERROR=false")]
    [InlineData(0, "warn_error: true", "DBT_WARN_ERROR_OPTIONS={error: all; warn: [UnusedResourceConfigPath]}")]
    [InlineData(2, "warn_error_options: {error: all}", "")]
    [InlineData(0, "warn_error_options: {error: all, silence: [MDL1019]}", "")]
    public async Task A_project_may_take_warnings_for_errors(int expected, string flags, string environment)
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write(
            "dbt_project.yml", $"name: shop\nversion: '1.0'\nprofile: shop\nmodels: {{shop: {{marts: {{+materialized: table}}}}}}\nflags:\n  {flags}\n")
            .Model("a", "select 1 as id");

        var (exitCode, output, errors) = await LeadlineProcess.RunAsync(project, ["parse"], Pairs(environment));

        exitCode.ShouldBe(expected, output + errors);
    }

    [Theory]
    [InlineData("The environment variable DBT_FAIL_FAST is 'maybe', but '--fail-fast' takes true or false.", "DBT_FAIL_FAST=maybe", "run")]
    [InlineData("'--threads' is given 2 times; keep one.", "", "run", "--threads", "1", "--threads", "2")]
    [InlineData("There is no option '--no-such'.", "", "run", "--no-such")]
    public async Task A_wrong_flag_is_told_with_its_origin(string expected, string environment, params string[] arguments)
    {
        await using var project = await TestProject.CreateAsync(postgres);

        var (exitCode, _, errors) = await LeadlineProcess.RunAsync(project, arguments, Pairs(environment));

        exitCode.ShouldBe(2);
        errors.ShouldStartWith(expected);
        errors.Trim().ShouldNotContain("\n");
    }

    [Fact]
    public async Task A_flag_of_the_project_that_is_misspelt_is_told()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("dbt_project.yml", "name: shop\nversion: '1.0'\nprofile: shop\nflags:\n  fail_fst: true\n  an_adapter_s_own: true\n  write_json: true\n")
            .Model("a", "select 1 as id");

        var output = (await LeadlineProcess.RunAsync(project, "parse")).Output;

        output.ShouldContain("dbt_project.yml(5,3): warning MDL1005: ");
        output.ShouldContain("'fail_fst'");
        output.ShouldContain("did you mean 'fail_fast'?");
        output.ShouldNotContain("an_adapter_s_own");
    }

    [Fact]
    public async Task Flags_that_leadline_has_no_use_for_are_taken()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "select 1 as id");

        var (exitCode, output, errors) = await LeadlineProcess.RunAsync(
            project, "--no-partial-parse", "--cache-selected-only", "run", "-m", "a", "--no-send-anonymous-usage-stats", "--static-parser", "--log-format-file", "json", "--single-threaded");

        errors.ShouldBe("");
        exitCode.ShouldBe(0, output);
    }

    [Fact]
    public async Task A_warning_of_freshness_or_a_run_without_anything_to_do_is_an_error_where_that_is_asked()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        await project.ExecuteAsync("create schema raw; create table raw.old as select now() - interval '3 days' as at");
        project.Write("models/schema.yml",
            "sources: [{name: raw, config: {loaded_at_field: at, freshness: {warn_after: {count: 1, period: day}}}, tables: [{name: old}]}]\n");

        (await LeadlineProcess.RunAsync(project, "source", "freshness")).ExitCode.ShouldBe(0);
        (await LeadlineProcess.RunAsync(project, "source", "freshness", "--warn-error")).ExitCode.ShouldBe(1);
        (await LeadlineProcess.RunAsync(project, "run")).ExitCode.ShouldBe(0);
        var (exitCode, _, errors) = await LeadlineProcess.RunAsync(project, "run", "--warn-error");

        exitCode.ShouldBe(2);
        errors.Trim().ShouldBe("There is nothing to do: no node is selected.");
    }

    [Fact]
    public async Task Without_write_json_no_artifact_is_written()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "select 1 as id");

        (await LeadlineProcess.RunAsync(project, "run", "--no-write-json")).ExitCode.ShouldBe(0);

        File.Exists(Path.Combine(project.Folder, "target/run_results.json")).ShouldBeFalse();
        File.Exists(Path.Combine(project.Folder, "target/manifest.json")).ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_told_goes_into_a_file_and_by_its_level_to_the_console()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "{% if execute %}{{ log('fine detail') }}{{ exceptions.warn('old data') }}{{ print('plain') }}{% endif %} select 1 as id");

        var warnings = (await LeadlineProcess.RunAsync(project, "run", "--log-level", "warn", "--log-path", "logs")).Output;
        warnings.ShouldContain("old data");
        warnings.ShouldContain("plain\n");
        warnings.ShouldNotContain("dev.a");
        var log = File.ReadAllText(Path.Combine(project.Folder, "logs/dbt.log"));
        log.ShouldContain("fine detail");
        log.ShouldContain("OK created sql view model dev.a");

        (await LeadlineProcess.RunAsync(project, "run", "--debug")).Output.ShouldContain("fine detail");
        (await LeadlineProcess.RunAsync(project, "run", "--log-level", "none", "--no-print")).Output.ShouldBe("");
    }

    [Fact]
    public async Task Retry_takes_up_the_flags_of_the_run()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("dbt_project.yml", "name: shop\nversion: '1.0'\nprofile: shop\nvars: {n: 1}\n")
            .Model("days",
                "{{ config(materialized='table', event_time='at') }} select now()::timestamp - n * interval '1 day' as at from generate_series(0, 9) as n")
            .Model("a",
                "{{ config(materialized='table') }} select {{ var('n') }} as n, count(*) as days, {{ flags.FULL_REFRESH }} as refresh from {{ ref('days') }} " +
                "as d where missing")
            .Model("other", "select 1 as id");
        (await LeadlineProcess.RunAsync(
            project, "run", "--select", "days", "a", "--exclude", "other", "--vars", "{n: 7}", "--full-refresh", "--sample", "5 " +
                "days", "--profile-columns", "--warn-error-options", "{silence: [MDL1019]}", "--threads", "2")).ExitCode.ShouldBe(1);

        project.Model(
            "a", "{{ config(materialized='table') }} select {{ var('n') }} as n, count(*) as days, {{ flags.FULL_REFRESH }} as refresh from {{ ref('days') }}");
        var (exitCode, output, errors) = await LeadlineProcess.RunAsync(project, "retry");

        exitCode.ShouldBe(0, output + errors);
        output.ShouldContain("2 threads");
        output.ShouldContain("TOTAL=1");
        (await project.ScalarAsync("select n || ' ' || days || ' ' || refresh from dev.a")).ShouldBe("7 5 true");
        (await project.ScalarAsync("select count(*) from leadline.column_profiles where unique_id = 'model.shop.a'")).ShouldBe("3");
        using var results = JsonDocument.Parse(File.ReadAllText(Path.Combine(project.Folder, "target/run_results.json")));
        results.RootElement.GetProperty("args").GetProperty("which").GetString().ShouldBe("run");
        results.RootElement.GetProperty("args").GetProperty("select").EnumerateArray().Select(s => s.GetString()).ShouldBe(["days", "a"]);
    }

    [Fact]
    public async Task What_the_project_says_does_not_take_the_place_of_what_the_run_was_told()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("dbt_project.yml", "name: shop\nversion: '1.0'\nprofile: shop\nflags: {fail_fast: true, warn_error_options: {silence: [MDL1019]}}\n")
            .Model("a", "{{ config(materialized='table') }} select {{ flags.FAIL_FAST }} as fast, {{ flags.WARN_ERROR }} as strict where missing");
        (await LeadlineProcess.RunAsync(project, "run", "--no-fail-fast", "--warn-error")).ExitCode.ShouldBe(1);

        project.Model("a", "{{ config(materialized='table') }} select {{ flags.FAIL_FAST }} as fast, {{ flags.WARN_ERROR }} as strict");
        var (exitCode, output, errors) = await LeadlineProcess.RunAsync(project, "retry");

        exitCode.ShouldBe(0, output + errors);
        (await project.ScalarAsync("select fast || ' ' || strict from dev.a")).ShouldBe("false true");
    }

    [Fact]
    public async Task Retry_builds_only_the_batches_that_failed()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        await project.ExecuteAsync(
            "create schema raw; create table raw.events as select n as id, timestamp '2026-01-01' + n * interval '1 day' as at from generate_series(0, 2) as " +
            "n");
        project.Write("models/schema.yml", "sources: [{name: raw, schema: raw, tables: [{name: events, config: {event_time: at}}]}]\n")
            .Write("dbt_project.yml", "name: shop\nversion: '1.0'\nprofile: shop\ntarget-path: made\n")
            .Model("m", """
                {{ config(materialized='incremental', incremental_strategy='microbatch', event_time='at', begin='2026-01-01', batch_size='day') }}
                select at, 10 / (id - 7) as value, '{{ invocation_id }}' as run from {{ source('raw', 'events') }}
                """);
        string[] stretch = ["--event-time-start", "2026-01-01", "--event-time-end", "2026-01-04"];
        (await LeadlineProcess.RunAsync(project, ["run", .. stretch])).ExitCode.ShouldBe(0);
        await project.ExecuteAsync("update raw.events set id = 7 where id = 1");
        (await LeadlineProcess.RunAsync(project, ["run", .. stretch])).ExitCode.ShouldBe(1);
        using (var results = JsonDocument.Parse(File.ReadAllText(Path.Combine(project.Folder, "made/run_results.json"))))
        {
            var result = results.RootElement.GetProperty("results")[0];
            result.GetProperty("status").GetString().ShouldBe("partial success");
            result.GetProperty("batch_results").GetProperty("successful").GetArrayLength().ShouldBe(2);
            result.GetProperty("batch_results").GetProperty("failed")[0][0].GetString().ShouldBe("2026-01-02T00:00:00+00:00");
        }

        await project.ExecuteAsync("update raw.events set id = 1 where id = 7");
        var (exitCode, output, errors) = await LeadlineProcess.RunAsync(project, "retry");

        exitCode.ShouldBe(0, output + errors);
        (await project.RowsAsync("select at::date::text, count(*) over (partition by run) from dev.m order by at"))
            .ShouldBe(["2026-01-01|2", "2026-01-02|1", "2026-01-03|2"]);
    }

    [Fact]
    public async Task A_flag_given_to_retry_takes_the_place_of_the_run_s()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("dbt_project.yml", "name: shop\nversion: '1.0'\nprofile: shop\nvars: {n: 1}\n")
            .Model("a", "{{ config(materialized='table') }} select 10 / {{ var('n') }} as n");
        (await LeadlineProcess.RunAsync(project, "run", "--vars", "{n: 0}")).ExitCode.ShouldBe(1);

        var (exitCode, output, _) = await LeadlineProcess.RunAsync(project, "retry", "--vars", "{n: 5}");

        exitCode.ShouldBe(0, output);
        (await project.ScalarAsync("select n from dev.a")).ShouldBe("2");
    }

    [Fact]
    public async Task The_environment_does_not_take_the_place_of_what_the_run_was_told()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        var environment = new Dictionary<string, string> { ["DBT_FULL_REFRESH"] = "true", ["DBT_TARGET_PATH"] = "elsewhere" };
        project.Model("a", "{{ config(materialized='table') }} select {{ flags.FULL_REFRESH }} as refresh where missing");
        (await LeadlineProcess.RunAsync(project, ["run", "--no-full-refresh"], environment)).ExitCode.ShouldBe(1);

        project.Model("a", "{{ config(materialized='table') }} select {{ flags.FULL_REFRESH }} as refresh");
        var (exitCode, output, errors) = await LeadlineProcess.RunAsync(project, ["retry"], environment);

        exitCode.ShouldBe(0, output + errors);
        (await project.ScalarAsync("select refresh from dev.a")).ShouldBe("False");
        File.Exists(Path.Combine(project.Folder, "target/run_results.json")).ShouldBeFalse();
    }

    private static Dictionary<string, string> Pairs(string environment) => environment
        .Split(',', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2))
        .ToDictionary(pair => pair[0], pair => pair[1].Replace(';', ','));
}
