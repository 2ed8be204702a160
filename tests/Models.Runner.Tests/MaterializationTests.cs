using Models.Database;
using Models.Engine;

namespace Models.Runner.Tests;

public sealed class MaterializationTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_materialised_view_is_refreshed_and_made_anew_when_its_query_or_its_table_changes()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        await project.ExecuteAsync("create schema raw; create table raw.t as select 1 as id");
        project.Model("m", "{{ config(materialized='materialized_view') }} select id from raw.t");
        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();
        await project.ExecuteAsync("update raw.t set id = 2");

        (await project.RunAsync(RunVerb.Run)).ShouldSucceed().Of("m").Message.ShouldBe("REFRESH");
        (await project.ScalarAsync("select id from dev.m")).ShouldBe("2");

        project.Model("t", "{{ config(materialized='table') }} select 3 as id")
            .Model("m", "{{ config(materialized='materialized_view') }} select id from {{ ref('t') }}");
        for (var i = 0; i < 2; i++)
        {
            (await project.RunAsync(RunVerb.Run)).ShouldSucceed();
            (await project.ScalarAsync("select id from dev.m")).ShouldBe("3");
        }

        (await project.ScalarAsync("select count(*) from pg_matviews where schemaname = 'dev'")).ShouldBe("1");
    }

    [Fact]
    public async Task A_project_may_bring_a_materialization_of_its_own()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("macros/twice.sql", """
            {% materialization twice, default %}
              {%- set target = this.incorporate(type='table') -%}
              {{ run_hooks(pre_hooks) }}
              {% call statement('main') -%}
                create table {{ target }} as select * from ({{ sql }}) a union all select * from ({{ sql }}) b
              {%- endcall %}
              {{ run_hooks(post_hooks) }}
              {{ return({'relations': [target]}) }}
            {% endmaterialization %}
            """)
            .Model("m", "{{ config(materialized='twice', post_hook='insert into {{ this }} values (3)') }} select 1 as id")
            .Model("n", "select count(*) as rows from {{ ref('m') }}");

        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();

        (await project.ScalarAsync("select rows from dev.n")).ShouldBe("3");
    }

    [Fact]
    public async Task An_unknown_materialization_is_named_with_those_there_are()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("m", "{{ config(materialized='tabel') }} select 1 as id").Model("f", "{{ config(materialized='function') }} select 1 as id");

        var run = await project.RunAsync(RunVerb.Run);

        run.Of("m").Message.ShouldEndWith(
            "'m' uses the unknown materialization 'tabel'; the known ones are ephemeral, incremental, materialized_view, table, view.");
        run.Of("f").Message.ShouldContain("'f' uses the unknown materialization 'function'; ");
    }

    [Theory]
    [InlineData("select 1 as id\nwhere (1 = 1\n", "m.sql(2,12): syntax error at the end of the query")]
    [InlineData("{{ config(materialized='table') }}\nselect 1 as id where", "m.sql(2,20): syntax error at the end of the query")]
    [InlineData("select 1 as id\nfrm {{ ref('other') }}", "m.sql(2,1): syntax error at or near")]
    public async Task A_syntax_error_is_placed_also_at_the_very_end(string sql, string expected)
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("m", sql).Model("other", "select 1 as id");

        (await project.RunAsync(RunVerb.Run)).Of("m").Message.ShouldContain(expected);
    }

    [Fact]
    public async Task A_contract_is_enforced_and_its_constraints_are_made()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        const string yaml = """
            models:
              - name: m
                config: {contract: {enforced: true}}
                constraints: [{type: check, expression: "id > 0"}]
                columns:
                  - {name: id, data_type: integer, constraints: [{type: not_null}, {type: primary_key}]}
                  - {name: name, data_type: text}
            """;
        project.Write("models/schema.yml", yaml).Model("m", "{{ config(materialized='table') }} select 'x'::text as name, 1 as id");
        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();
        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();
        (await project.ScalarAsync("select string_agg(contype, '' order by contype) from pg_constraint where conrelid = 'dev.m'::regclass and contype <> 'n'"))
            .ShouldBe("cp");

        project.Model("m", "{{ config(materialized='table') }} select 1.5 as id, 2 as other");
        (await project.RunAsync(RunVerb.Run)).Of("m").Message.ShouldBe(
            "models/m.sql: This model has an enforced contract that failed: 'id' is declared integer and is numeric (data type mismatch); 'name' is missing " +
            "in definition: it is declared and not in the query; 'other' is missing in contract: it is in the query and not declared.");

        project.Model("m", "{{ config(materialized='table') }} select 'x'::text as name, -1 as id");
        (await project.RunAsync(RunVerb.Run)).Of("m").Message.ShouldContain("check constraint");
        (await project.ScalarAsync("select id from dev.m")).ShouldBe("1");
    }

    [Fact]
    public async Task An_empty_run_makes_the_shape_without_the_rows()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        await project.ExecuteAsync("create schema raw; create table raw.orders as select 1 as id");
        project.Write("models/schema.yml", "sources: [{name: raw, schema: raw, tables: [{name: orders}]}]")
            .Model("m", "{{ config(materialized='table') }} select * from {{ source('raw', 'orders') }}");

        (await project.RunAsync(new RunOptions { Verb = RunVerb.Run, Compile = project.Options() with { Empty = true } })).ShouldSucceed();

        (await project.ScalarAsync("select count(*) from dev.m")).ShouldBe("0");
    }

    [Fact]
    public async Task A_blue_green_build_swaps_only_what_passed_and_can_be_taken_back()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("t", "{{ config(materialized='table') }} select 1 as id")
            .Model("v", "{{ config(schema='mart') }} select id from {{ ref('t') }}")
            .Model("grows", "{{ config(materialized='incremental') }} select id from {{ ref('t') }}")
            .Write("models/schema.yml", "models: [{name: v, columns: [{name: id, data_tests: [{accepted_values: {arguments: {values: [1, 2]}}}]}]}]");
        (await project.BuildAsync()).ShouldSucceed();
        await project.ExecuteAsync("create view report as select id from dev_mart.v; create table dev.somebody_elses (x int)");
        var blueGreen = new RunOptions { Verb = RunVerb.Build, Compile = project.Options(), BlueGreen = true };

        project.Model("t", "{{ config(materialized='table') }} select 3 as id");
        (await project.RunAsync(blueGreen)).Success.ShouldBeFalse();
        (await project.ScalarAsync("select id from report")).ShouldBe("1");
        (await project.ScalarAsync("select count(*) from pg_namespace where nspname like '%shadow'")).ShouldBe("0");

        project.Model("t", "{{ config(materialized='table') }} select 2 as id");
        (await project.RunAsync(blueGreen)).ShouldSucceed();
        (await project.ScalarAsync("select id from report")).ShouldBe("2");
        (await project.RowsAsync("select id from dev.grows order by 1")).ShouldBe(["1", "2"]);
        (await project.ScalarAsync("select to_regclass('dev.somebody_elses') is not null")).ShouldBe("True");
        (await project.ScalarAsync("select id from dev_mart__previous.v")).ShouldBe("1");
    }

    [Fact]
    public async Task A_blue_green_build_that_cannot_defer_leaves_no_shadow_schemas_behind()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("t", "{{ config(materialized='table') }} select 1 as id");
        (await project.BuildAsync()).ShouldSucceed();

        var failure = await Should.ThrowAsync<RunException>(
            () => project.RunAsync(new RunOptions { Verb = RunVerb.Build, Compile = project.Options(), BlueGreen = true, Defer = true }));

        failure.Message.ShouldContain("--state");
        (await project.ScalarAsync("select count(*) from pg_namespace where nspname like '%shadow'")).ShouldBe("0");
        (await project.ScalarAsync("select id from dev.t")).ShouldBe("1");
    }

    [Fact]
    public async Task A_blue_green_build_that_ends_in_an_exception_leaves_no_shadow_schemas_behind()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("t", "{{ config(materialized='table') }} select 1 as id");
        (await project.BuildAsync()).ShouldSucceed();
        var blueGreen = new RunOptions { Verb = RunVerb.Build, Compile = project.Options(), BlueGreen = true };

        await Should.ThrowAsync<InvalidOperationException>(() => project.RunAsync(blueGreen, new BrokenObserver()));

        (await project.ScalarAsync("select count(*) from pg_namespace where nspname like '%shadow'")).ShouldBe("0");
        (await project.ScalarAsync("select id from dev.t")).ShouldBe("1");
    }

    [Fact]
    public async Task A_package_brings_materializations_but_takes_no_built_in_one_over()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        const string materialization = """
            {% materialization NAME, default %}
              {%- set target_relation = this.incorporate(type='table') -%}
              {% call statement('main') %}create table {{ target_relation }} as select 'package' as made_by{% endcall %}
              {{ return({'relations': [target_relation]}) }}
            {% endmaterialization %}
            """;
        project.Write("packages.yml", "packages: [{local: ./kit}]")
            .Write("kit/dbt_project.yml", "name: kit")
            .Write("kit/macros/own.sql", materialization.Replace("NAME", "own"))
            .Write("kit/macros/table.sql", materialization.Replace("NAME", "table"))
            .Model("a", "{{ config(materialized='own') }} select 'project' as made_by")
            .Model("b", "{{ config(materialized='table') }} select 'project' as made_by");
        await LeadlineProcess.RunAsync(project, "deps");

        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();

        (await project.RowsAsync("select made_by from dev.a union all select made_by from dev.b")).ShouldBe(["package", "project"]);
    }

    [Fact]
    public async Task An_empty_file_is_no_model_to_run()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "  \n").Model("b", "select 1 as id");

        (await project.BuildAsync()).ShouldSucceed().Results.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_a_template_dropped_is_gone_for_the_next_question()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "select 1 as id").Model("b", """
            {% if execute %}
              {% do run_query('drop view ' ~ ref('a')) %}
              {% if load_relation(ref('a')) is not none %}{{ exceptions.raise_compiler_error('it is gone') }}{% endif %}
              {% do run_query('create view ' ~ ref('a') ~ ' as select 2 as id') %}
            {% endif %}
            select * from {{ ref('a') }}
            """);

        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();

        (await project.ScalarAsync("select id from dev.b")).ShouldBe("2");
    }

    [Theory]
    [InlineData("varchar(10)", "'a'::text", true)]
    [InlineData("string", "'a'::varchar(3)", true)]
    [InlineData("smallint", "1::int", true)]
    [InlineData("int", "1::bigint", false)]
    [InlineData("numeric", "1.5::float8", false)]
    [InlineData("text[]", "array['a']::varchar[]", true)]
    public async Task A_contract_tells_apart_the_types_that_dbt_does(string declared, string value, bool holds)
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("t", $"select {value} as v").Write("models/schema.yml", $$$"""
            models:
              - name: t
                config: {materialized: table, contract: {enforced: true}}
                columns: [{name: v, data_type: "{{{declared}}}"}]
            """);

        (await project.RunAsync(RunVerb.Run)).Success.ShouldBe(holds);
    }

    [Fact]
    public async Task A_materialization_says_which_relations_it_made()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("macros/silent.sql", """
            {% materialization silent, default %}
              {% call statement('main') %}create table {{ this }} as {{ sql }}{% endcall %}
            {% endmaterialization %}
            """)
            .Model("m", "{{ config(materialized='silent') }} select 1 as id");

        var built = (await project.RunAsync(RunVerb.Run)).Of("m");

        built.Status.ShouldBe(NodeStatus.Error);
        built.Message.ShouldStartWith("The materialization of 'm' (shop.materialization_silent_default) did not explicitly return a list of relations; ");
    }
}
