using Models.Engine;

namespace Models.Runner.Tests;

public sealed class IncrementalTests(PostgresFixture postgres)
{
    private const string Raw = "create schema raw; create table raw.events (id int, value text)";

    [Theory]
    [InlineData("append", "", "1|a;1|b;2|c")]
    [InlineData("delete+insert", "unique_key='id',", "1|b;2|c")]
    [InlineData("merge", "unique_key='id',", "1|b;2|c")]
    [InlineData("merge", "unique_key='id', merge_exclude_columns=['value'],", "1|a;2|c")]
    [InlineData("merge", "unique_key='id', merge_update_columns=['value'],", "1|b;2|c")]
    [InlineData("delete+insert", "unique_key=['id', 'value'],", "1|a;1|b;2|c")]
    public async Task New_rows_come_in_by_the_strategy(string strategy, string settings, string expected)
    {
        await using var project = await TestProject.CreateAsync(postgres);
        await project.ExecuteAsync(Raw + "; insert into raw.events values (1, 'a')");
        project.Model("m", $"{{{{ config(materialized='incremental', {settings} incremental_strategy='{strategy}') }}}} select * from raw.events");
        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();

        await project.ExecuteAsync("truncate raw.events; insert into raw.events values (1, 'b'), (2, 'c')");
        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();

        string.Join(';', await project.RowsAsync("select * from dev.m order by 1, 2")).ShouldBe(expected);
    }

    [Theory]
    [InlineData("update_only", "1|b")]
    [InlineData("append", "1|a;1|b")]
    public async Task A_project_may_define_a_strategy_of_its_own(string strategy, string expected)
    {
        await using var project = await TestProject.CreateAsync(postgres);
        await project.ExecuteAsync(Raw + "; insert into raw.events values (1, 'a')");
        project.Write("macros/update_only.sql", """
            {% macro get_incremental_update_only_sql(arg_dict) %}
              {% do exceptions.raise_compiler_error('no columns') if adapter.get_columns_in_relation(arg_dict['temp_relation']) | length != 2 %}
              {% for column in arg_dict['dest_columns'] if column.name != arg_dict['unique_key'] %}
              update {{ arg_dict['target_relation'] }} as t set {{ column.name }} = s.{{ column.name }}
              from {{ arg_dict['temp_relation'] }} as s where t.{{ arg_dict['unique_key'] }} = s.{{ arg_dict['unique_key'] }};
              {% endfor %}
            {% endmacro %}
            """);
        project.Model("m", $"{{{{ config(materialized='incremental', unique_key='id', incremental_strategy='{strategy}') }}}} select * from raw.events");
        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();

        await project.ExecuteAsync("update raw.events set value = 'b'");
        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();

        string.Join(';', await project.RowsAsync("select * from dev.m order by 1, 2")).ShouldBe(expected);
    }

    [Fact]
    public async Task A_built_in_strategy_may_be_taken_over_and_an_unknown_one_is_named()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write(
            "macros/append.sql", "{% macro get_incremental_append_sql(arg_dict) %}insert into {{ arg_dict['target_relation'] }} select id + 10 from {{ " +
            "arg_dict['temp_relation'] }}{% endmacro %}")
            .Model("m", "{{ config(materialized='incremental') }} select 1 as id")
            .Model("odd", "{{ config(materialized='incremental', incremental_strategy='odd') }} select 1 as id");
        await project.RunAsync(RunVerb.Run);

        var summary = await project.RunAsync(RunVerb.Run);

        (await project.RowsAsync("select id from dev.m order by 1")).ShouldBe(["1", "11"]);
        summary.Of("odd").Message.ShouldContain("a macro get_incremental_odd_sql would make one");
    }

    [Fact]
    public async Task Is_incremental_is_true_from_the_second_time_and_not_on_a_full_refresh()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("m", "{{ config(materialized='incremental') }} select '{{ is_incremental() }}' as said");

        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();
        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();
        (await project.RowsAsync("select said from dev.m order by 1")).ShouldBe(["False", "True"]);

        (await project.RunAsync(new RunOptions { Verb = RunVerb.Run, Compile = project.Options(fullRefresh: true) })).ShouldSucceed();
        (await project.RowsAsync("select said from dev.m")).ShouldBe(["False"]);
    }

    [Theory]
    [InlineData("ignore", "id")]
    [InlineData("append_new_columns", "id,gone,extra")]
    [InlineData("sync_all_columns", "id,extra")]
    public async Task Changed_columns_are_dealt_with_as_configured(string policy, string columns)
    {
        await using var project = await TestProject.CreateAsync(postgres);
        var gone = policy == "ignore" ? "" : ", 'g' as gone";
        project.Model("m", $"{{{{ config(materialized='incremental', on_schema_change='{policy}') }}}} select 1 as id{gone}");
        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();

        project.Model("m", $"{{{{ config(materialized='incremental', on_schema_change='{policy}') }}}} select 2 as id, 'e' as extra");
        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();

        (await project.ScalarAsync("select string_agg(column_name, ',' order by ordinal_position) from information_schema.columns where table_schema = 'dev'"))
            .ShouldBe(columns);
        (await project.ScalarAsync("select count(*) from dev.m")).ShouldBe("2");
    }

    [Fact]
    public async Task Changed_columns_can_be_an_error_that_names_them()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("m", "{{ config(materialized='incremental', on_schema_change='fail') }} select 1 as id");
        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();

        project.Model("m", "{{ config(materialized='incremental', on_schema_change='fail') }} select 2 as id, 'e' as extra");
        var result = (await project.RunAsync(RunVerb.Run)).Of("m");

        result.Status.ShouldBe(NodeStatus.Error);
        result.Message.ShouldContain("added 'extra'");
        (await project.ScalarAsync("select count(*) from dev.m")).ShouldBe("1");
    }

    [Fact]
    public async Task Batches_of_event_time_are_built_one_by_one_and_the_latest_again()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        await project.ExecuteAsync("""
            create schema raw;
            create table raw.events (id int, at timestamp);
            insert into raw.events select n, timestamp '2026-01-01' + n * interval '6 hours' from generate_series(0, 11) as n;
            """);
        project.Write("models/schema.yml", """
            sources:
              - name: raw
                schema: raw
                tables: [{name: events, config: {event_time: at}}]
            """)
            .Model("m", """
                {{ config(materialized='incremental', incremental_strategy='microbatch', event_time='day', begin='2026-01-01', batch_size='day', lookback=1) }}
                select at::date as day, count(*) as events from {{ source('raw', 'events') }} as e group by 1
                """);
        var options = new RunOptions { Verb = RunVerb.Run, Compile = project.Options(), EventTimeEnd = new DateTime(2026, 1, 4) };

        (await project.RunAsync(options)).ShouldSucceed();
        (await project.RowsAsync("select day::text, events from dev.m order by 1")).ShouldBe(["2026-01-01|4", "2026-01-02|4", "2026-01-03|4"]);

        await project.ExecuteAsync("insert into raw.events values (100, '2026-01-01 01:00'), (101, '2026-01-03 01:00'), (102, '2026-01-04 01:00')");
        (await project.RunAsync(options with { EventTimeEnd = new DateTime(2026, 1, 4, 12, 0, 0) })).ShouldSucceed();
        (await project.RowsAsync("select day::text, events from dev.m order by 1")).ShouldBe(["2026-01-01|4", "2026-01-02|4", "2026-01-03|5", "2026-01-04|1"]);
    }

    [Fact]
    public async Task A_batch_knows_itself_and_the_batches_before_an_even_end_are_looked_back_at()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("m", """
            {{ config(materialized='incremental', incremental_strategy='microbatch', event_time='day', begin='2026-01-01', batch_size='day', lookback=1) }}
            select '{{ model.batch.id }}' as id, '{{ model.batch.event_time_start }}'::timestamptz::date as day, '{{ invocation_id }}' as run
            """);
        var options = new RunOptions { Verb = RunVerb.Run, Compile = project.Options(), EventTimeEnd = new DateTime(2026, 1, 4) };

        (await project.RunAsync(options)).ShouldSucceed();
        (await project.RunAsync(options with { Compile = project.Options() with { InvocationId = Guid.NewGuid() } })).ShouldSucceed();

        (await project.RowsAsync("select id, day::text, run = (select max(run) from dev.m where id = '20260101') from dev.m order by id"))
            .ShouldBe(["20260101|2026-01-01|True", "20260102|2026-01-02|False", "20260103|2026-01-03|False"]);
    }

    [Fact]
    public async Task Columns_that_cannot_be_read_are_not_dropped()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        string Model(string policy, string more = "") =>
            $"{{{{ config(materialized='incremental', on_schema_change='{policy}') }}}} select 1 as id, 2 as other{more}";
        project.Model("synced", Model("sync_all_columns")).Model("appended", Model("append_new_columns"))
            .Write("macros/c.sql",
                "{% macro postgres__get_columns_in_relation(relation) %}" +
                "{{ return([] if '__dbt_tmp' in relation.identifier else default__get_columns_in_relation(relation)) }}{% endmacro %}");
        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();

        project.Model("appended", Model("append_new_columns", ", 3 as third"));
        var second = await project.RunAsync(RunVerb.Run);

        second.Of("synced").Status.ShouldBe(NodeStatus.Error);
        second.Of("synced").Message.ShouldContain("Could not read any columns for ");
        second.Of("appended").Status.ShouldBe(NodeStatus.Success);
        (await project.RowsAsync("select attname::text from pg_attribute where attrelid = 'dev.synced'::regclass and attnum > 0")).ShouldBe(["id", "other"]);
        (await project.ScalarAsync("select count(*) from dev.appended")).ShouldBe("2");
    }
}
