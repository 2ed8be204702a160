using System.Globalization;
using Models.Database;
using Models.Engine;

namespace Models.Runner.Tests;

public sealed class AnomalyTests(PostgresFixture postgres)
{
    private async Task<TestProject> CreateAsync(string test, string? column = null)
    {
        var project = await TestProject.CreateAsync(postgres);
        await project.ExecuteAsync("create table public.raw (id int, seen timestamptz); insert into public.raw select i, now() from generate_series(1, 100) i");
        return project.Model("orders", "select * from public.raw").Write("models/schema.yml", column is null
            ? $"models:\n  - name: orders\n    data_tests:\n      - {test}\n"
            : $"models:\n  - name: orders\n    columns:\n      - name: {column}\n        data_tests:\n          - {test}\n");
    }

    /// <summary>Earlier measurements, one a day, the newest of them <paramref name="newest"/> days ago.</summary>
    private static Task RememberAsync(TestProject project, string measure, string column, IReadOnlyList<double> values, int newest = 1, int apart = 1) =>
        project.ExecuteAsync(string.Join(';', values.Select((value, i) => string.Create(
            CultureInfo.InvariantCulture,
            $"""
            insert into leadline.measurements (invocation_id, target_schema, unique_id, column_name, measure, filter, value, measured_at)
            values (gen_random_uuid(), 'dev', 'model.shop.orders', '{column}', '{measure}', '', {value}, now() - interval '{newest + (i * apart)} days')
            """))));

    private static async Task<NodeResult> TestAsync(TestProject project) =>
        (await project.RunAsync(RunVerb.Test)).Results.Single();

    [Fact]
    public async Task A_volume_far_from_what_it_was_is_an_anomaly()
    {
        await using var project = await CreateAsync("leadline.volume_anomaly");
        (await project.BuildAsync()).ShouldSucceed();
        await RememberAsync(project, "volume", "", [98, 101, 99, 100, 102, 100, 100]);
        (await TestAsync(project)).Status.ShouldBe(NodeStatus.Pass);

        await project.ExecuteAsync("delete from public.raw where id > 50");
        var fallen = await TestAsync(project);

        fallen.Status.ShouldBe(NodeStatus.Fail);
        fallen.Failures.ShouldBe(1);
        fallen.Message.ShouldBe("volume is 50, expected between 96.6459 and 103.3541 after 9 earlier measurements");
        (await project.RowsAsync("select value, is_anomaly from leadline.measurements order by measured_at desc limit 3"))
            .ShouldBe(["50|True", "100|False", "100|False"]);
    }

    [Fact]
    public async Task A_blue_green_build_is_measured_in_its_shadow_and_an_anomaly_keeps_it_out()
    {
        await using var project = await CreateAsync("leadline.volume_anomaly: {arguments: {minimum_history: 3}}");
        project.Model("orders", "{{ config(materialized='table') }} select * from public.raw");
        var blueGreen = new RunOptions { Verb = RunVerb.Build, Compile = project.Options(), BlueGreen = true };
        for (var run = 0; run < 3; run++)
            (await project.RunAsync(blueGreen with { Compile = project.Options() })).ShouldSucceed();

        await project.ExecuteAsync("delete from public.raw where id > 10");
        var fallen = await project.RunAsync(blueGreen with { Compile = project.Options() });

        fallen.Success.ShouldBeFalse();
        fallen.Results[^1].Message.ShouldStartWith("volume is 10, expected between 99 and 101");
        (await project.ScalarAsync("select count(*) from dev.orders")).ShouldBe("100");
        (await project.RowsAsync("select value, is_anomaly, target_schema from leadline.measurements order by measured_at"))
            .ShouldBe(["100|False|dev", "100|False|dev", "100|False|dev", "10|True|dev"]);
    }

    [Fact]
    public async Task Too_short_a_history_judges_nothing()
    {
        await using var project = await CreateAsync("leadline.volume_anomaly: {arguments: {minimum_history: 3}}");
        foreach (var kept in (int[])[100, 10, 1])
        {
            await project.ExecuteAsync($"delete from public.raw where id > {kept}");
            (await project.BuildAsync()).ShouldSucceed();
        }

        (await project.ScalarAsync("select count(*) from leadline.measurements where not is_anomaly")).ShouldBe("3");
    }

    [Fact]
    public async Task What_is_older_than_the_window_counts_no_more()
    {
        await using var project = await CreateAsync("leadline.volume_anomaly: {arguments: {window_days: 10}}");
        (await project.BuildAsync()).ShouldSucceed();
        await RememberAsync(project, "volume", "", [5, 5, 5, 5, 5, 5, 5, 5], newest: 11);

        (await TestAsync(project)).Status.ShouldBe(NodeStatus.Pass);
    }

    [Fact]
    public async Task Day_of_week_compares_a_day_with_the_same_days_of_earlier_weeks()
    {
        await using var project = await CreateAsync("leadline.volume_anomaly: {arguments: {day_of_week: true}}");
        (await project.BuildAsync()).ShouldSucceed();
        await RememberAsync(project, "volume", "", [100, 100, 100, 100], newest: 7, apart: 7);
        await RememberAsync(project, "volume", "", [5, 5, 5, 5, 5, 5], newest: 1);
        (await TestAsync(project)).Status.ShouldBe(NodeStatus.Pass);

        await project.ExecuteAsync("delete from public.raw where id > 5");
        (await TestAsync(project)).Status.ShouldBe(NodeStatus.Fail);
    }

    [Fact]
    public async Task A_change_of_columns_is_told_once()
    {
        await using var project = await CreateAsync("leadline.schema_change");
        (await project.BuildAsync()).ShouldSucceed();
        (await project.BuildAsync()).ShouldSucceed();

        project.Model("orders", "select id::bigint as id, seen from public.raw");
        var changed = (await project.BuildAsync()).Results.Single(r => r.Status == NodeStatus.Fail);

        changed.Message.ShouldBe("the columns were (id integer, seen timestamp with time zone) and are (id bigint, seen timestamp with time zone)");
        (await project.BuildAsync()).ShouldSucceed();
    }

    [Fact]
    public async Task Newest_rows_older_than_usual_are_an_anomaly()
    {
        await using var project = await CreateAsync("leadline.freshness_anomaly", "seen");
        (await project.BuildAsync()).ShouldSucceed();
        await project.ExecuteAsync("delete from leadline.measurements");
        await RememberAsync(project, "freshness", "seen", [3600, 3500, 3700, 3600, 3600, 3400, 3800]);
        (await TestAsync(project)).Status.ShouldBe(NodeStatus.Pass);

        await project.ExecuteAsync("update public.raw set seen = seen - interval '2 days'");
        (await TestAsync(project)).Message.ShouldStartWith("freshness is 1728");
    }

    [Theory]
    [InlineData("null_share_anomaly", "null_share", 0, "update public.raw set id = null where id > 50", "null_share is 0.5, expected between -0.01 and 0.01")]
    [InlineData(
        "distinct_share_anomaly", "distinct_share", 1, "update public.raw set id = 1 where id > 50", "distinct_share is 0.5, expected between 0.99 and 1.01")]
    public async Task A_share_that_moves_is_an_anomaly(string test, string measure, double usual, string change, string expected)
    {
        await using var project = await CreateAsync($"leadline.{test}", "id");
        (await project.BuildAsync()).ShouldSucceed();
        await RememberAsync(project, measure, "id", [usual, usual, usual, usual, usual, usual, usual]);
        (await TestAsync(project)).Status.ShouldBe(NodeStatus.Pass);

        await project.ExecuteAsync(change);
        (await TestAsync(project)).Message.ShouldStartWith(expected);
    }

    [Fact]
    public async Task A_test_of_a_part_of_the_rows_has_a_history_of_its_own()
    {
        await using var project = await CreateAsync("leadline.volume_anomaly: {config: {where: \"id <= 10 and 'it''s' is not null\", store_failures: true}}");
        (await project.BuildAsync()).ShouldSucceed();
        await RememberAsync(project, "volume", "", [500, 500, 500, 500, 500, 500, 500]);

        (await TestAsync(project)).Status.ShouldBe(NodeStatus.Pass);
        (await project.RowsAsync("select value from leadline.measurements where filter <> ''")).ShouldBe(["10", "10"]);
    }

    [Fact]
    public async Task A_direction_that_is_none_is_reported()
    {
        await using var project = await CreateAsync("leadline.volume_anomaly: {arguments: {direction: sideways}}");

        var refused = await Should.ThrowAsync<RunException>(project.BuildAsync);

        refused.Diagnostics.Single().ToString().ShouldContain("it is 'up', 'down' or 'both'");
    }
}
