using Models.Engine;

namespace Models.Runner.Tests;

public sealed class HistoryTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Test_results_are_kept_by_what_they_look_at()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("orders", "select * from (values (1), (1), (null)) as v (id)")
            .Write("models/schema.yml", "models:\n  - name: orders\n    columns:\n      - name: id\n        data_tests: [unique, not_null]\n")
            .Write("tests/none.sql", "select 1 as x where false");

        await project.BuildAsync();

        (await project.RowsAsync("select test_name, attached_node, column_name, status, failures from leadline.test_results order by 1"))
            .ShouldBe(["not_null|model.shop.orders|id|fail|1", "singular|-|-|pass|0", "unique|model.shop.orders|id|fail|1"]);
    }

    [Fact]
    public async Task Rows_of_every_relation_but_views_are_counted_after_each_build()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("whole", "{{ config(materialized='table') }} select generate_series(1, 5) as id")
            .Model("grows", "{{ config(materialized='incremental') }} select generate_series(1, 3) as id")
            .Model("looks", "select * from {{ ref('whole') }}")
            .Write("seeds/codes.csv", "id\n1\n2\n");

        (await project.BuildAsync()).ShouldSucceed();
        (await project.BuildAsync()).ShouldSucceed();

        (await project.RowsAsync(
            "select unique_id, relation, row_count from leadline.row_counts join leadline.runs using (invocation_id) order by started_at, unique_id")).ShouldBe(
        [
            "model.shop.grows|\"dev\".\"grows\"|3", "model.shop.whole|\"dev\".\"whole\"|5", "seed.shop.codes|\"dev\".\"codes\"|2",
            "model.shop.grows|\"dev\".\"grows\"|6", "model.shop.whole|\"dev\".\"whole\"|5", "seed.shop.codes|\"dev\".\"codes\"|2",
        ]);
    }

    [Theory]
    [InlineData("", "--no-record-history")]
    [InlineData("vars: {leadline: {history: false}}")]
    public async Task A_run_without_history_makes_no_schema_for_it(string vars, params string[] flags)
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("dbt_project.yml", $"name: shop\nversion: '1.0'\nprofile: shop\n{vars}\n")
            .Model("orders", "{{ config(materialized='table') }} select 1 as id")
            .Write("models/schema.yml", "models: [{name: orders, data_tests: [leadline.volume_anomaly]}]\n");

        (await LeadlineProcess.RunAsync(project, ["build", "--profile-columns", .. flags])).ExitCode.ShouldBe(0);

        (await project.ScalarAsync("select count(*) from pg_namespace where nspname = 'leadline'")).ShouldBe("0");
    }

    [Theory]
    [InlineData("", 401, 1)]
    [InlineData("", 399, 2)]
    [InlineData("vars: {leadline: {history_days: 30}}", 31, 1)]
    [InlineData("vars: {leadline: {history_days: 0}}", 5000, 2)]
    public async Task History_is_kept_for_some_days(string vars, int age, int kept)
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("dbt_project.yml", $"name: shop\nversion: '1.0'\nprofile: shop\n{vars}\n")
            .Model("orders", "{{ config(materialized='table') }} select 1 as id")
            .Write("models/schema.yml", "models: [{name: orders, data_tests: [leadline.volume_anomaly], columns: [{name: id, data_tests: [unique]}]}]\n");
        var options = new RunOptions { Verb = RunVerb.Build, Compile = project.Options(), ProfileColumns = true };
        (await project.RunAsync(options)).ShouldSucceed();
        await project.ExecuteAsync(
            $"update leadline.runs set started_at = now() - interval '{age} days'; update leadline.measurements set measured_at = now() - interval " +
            $"'{age} days'");

        (await project.RunAsync(options with { Compile = project.Options() })).ShouldSucceed();

        foreach (var table in (string[])["runs", "node_results", "test_results", "row_counts", "column_profiles", "measurements"])
            (await project.ScalarAsync($"select count(distinct invocation_id) from leadline.{table}")).ShouldBe($"{kept}", table);
    }

    [Fact]
    public async Task A_target_without_room_for_the_history_is_built_all_the_same_with_one_warning()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("orders", "{{ config(materialized='table') }} select 1 as id")
            .Write("models/schema.yml", "models: [{name: orders, data_tests: [leadline.volume_anomaly, leadline.schema_change]}]\n");
        var name = $"builder_{Guid.NewGuid():N}";
        await project.ExecuteAsync($"create schema leadline; create schema dev; create role {name} login password 'p'; grant all on schema dev to {name}");
        var said = new MessageLines();
        var connection = new Npgsql.NpgsqlConnectionStringBuilder(project.ConnectionString) { Username = name, Password = "p" }.ConnectionString;

        var summary = await project.RunAsync(new RunOptions { Verb = RunVerb.Build, Compile = project.Options() with { ConnectionString = connection } }, said);

        summary.ShouldSucceed();
        said.Lines.ShouldBe(["Neither measurements nor the run are kept in schema leadline: permission denied for schema leadline"]);
        (await project.ScalarAsync("select id from dev.orders")).ShouldBe("1");
        await project.ExecuteAsync($"drop owned by {name} cascade; drop role {name}");
    }

    [Fact]
    public async Task A_role_that_may_only_add_to_the_history_adds_its_run()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("orders", "{{ config(materialized='table') }} select 1 as id");
        (await project.BuildAsync()).ShouldSucceed();
        var name = $"builder_{Guid.NewGuid():N}";
        await project.ExecuteAsync($"""
            update leadline.runs set started_at = now() - interval '500 days';
            drop table dev.orders; create role {name} login password 'p'; grant all on schema dev to {name};
            grant usage on schema leadline to {name}; grant select, insert on all tables in schema leadline to {name}
            """);
        var said = new MessageLines();
        var connection = new Npgsql.NpgsqlConnectionStringBuilder(project.ConnectionString) { Username = name, Password = "p" }.ConnectionString;

        var summary = await project.RunAsync(new RunOptions { Verb = RunVerb.Build, Compile = project.Options() with { ConnectionString = connection } }, said);

        summary.ShouldSucceed();
        said.Lines.ShouldHaveSingleItem().ShouldStartWith("The run is not wholly kept in schema leadline: permission denied");
        (await project.ScalarAsync(
            $"select count(*) from leadline.runs join leadline.row_counts using (invocation_id) where invocation_id = '{summary.InvocationId}'")).ShouldBe("1");
        await project.ExecuteAsync($"drop owned by {name} cascade; drop role {name}");
    }

    [Theory]
    [InlineData(true, "")]
    [InlineData(false, "{{ config(meta={'leadline': {'profile': true}}) }} ")]
    public async Task Columns_are_profiled_when_asked(bool flag, string config)
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("kinds", config + """
            select * from (values
              (1, 'b', date '2026-01-02', true, '{"a": 1}'::json, 1.5, array[1]),
              (2, 'a', date '2026-01-01', true, '{"a": 1}'::json, 1.5, array[2]),
              (null, 'it''s', null, false, null, 2, null),
              (4, 'it''s', null, false, null, 2, null)) as v (id, "na'me", day, flag, doc, amount, list)
            """);

        (await project.RunAsync(new RunOptions { Verb = RunVerb.Build, Compile = project.Options(), ProfileColumns = flag })).ShouldSucceed();

        (await project.RowsAsync(
            "select column_name, data_type, row_count, null_share, distinct_count, minimum, maximum from leadline.column_profiles order by column_name"))
                .ShouldBe(
        [
            "amount|numeric|4|0|2|1.5|2", "day|date|4|0.5|2|2026-01-01|2026-01-02", "doc|json|4|0.5|1|-|-", "flag|boolean|4|0|2|-|-",
            "id|integer|4|0.25|3|1|4", "list|integer[]|4|0.5|2|-|-", "na'me|text|4|0|3|a|it's",
        ], ignoreOrder: true);
    }

    [Fact]
    public async Task Nothing_is_profiled_unasked()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("plain", "select 1 as id");

        (await project.BuildAsync()).ShouldSucceed();

        (await project.ScalarAsync("select count(*) from leadline.column_profiles")).ShouldBe("0");
    }
}
