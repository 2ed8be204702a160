using Models.Database;
using Models.Engine;

namespace Models.Runner.Tests;

public sealed class HookTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Tables_are_replaced_while_hooks_of_others_change_the_database()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        for (var i = 0; i < 120; i++)
        {
            var hook = $"create table if not exists {{{{ this.schema }}}}.h{i} as select 1 as id";
            project.Model($"m{i}", $"{{{{ config(materialized='table', post_hook='{hook}') }}}} select {i} as id");
        }

        // the list of relations is read anew after every hook, while other workers look relations up in it
        for (var run = 0; run < 4; run++)
            (await project.RunAsync(new RunOptions { Verb = RunVerb.Run, Compile = project.Options(), Threads = 8 })).ShouldSucceed();
    }

    [Fact]
    public async Task What_the_macro_of_a_post_hook_executes_finds_the_new_table()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("t", "{{ config(materialized='table', post_hook='{{ add_row(this) }}') }} select 1 as id")
            .Write("macros/add_row.sql",
                "{% macro add_row(relation) %}{% call statement('add') %}insert into {{ relation }} values (2){% endcall %}{% endmacro %}");

        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();

        (await project.ScalarAsync("select sum(id) from dev.t")).ShouldBe("3");
    }

    [Fact]
    public async Task What_a_hook_warns_of_is_said_once_when_it_runs()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("t", "{{ config(post_hook=\"{{ exceptions.warn('careful') }}\") }} select 1 as id");

        var (_, output, _) = await LeadlineProcess.RunAsync(project, "run");

        output.Split("careful").Length.ShouldBe(2, output);
        (await LeadlineProcess.RunAsync(project, "parse")).Output.ShouldNotContain("careful");
    }

    [Theory]
    [InlineData("{{ guard() }}", "not today")]
    [InlineData("{% do run_query('select 1 / 0') %}", "division by zero")]
    public async Task A_guard_in_on_run_start_that_raises_stops_the_run_before_any_node(string hook, string reason)
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("dbt_project.yml", $$"""
            name: shop
            profile: shop
            on-run-start: ["{{hook}}"]
            on-run-end: ["create table public.ended ()"]
            """)
            .Write("macros/guard.sql", "{% macro guard() %}{% if execute %}{{ exceptions.raise_compiler_error('not today') }}{% endif %}{% endmacro %}")
            .Model("a", "select 1 as id");

        var run = () => project.BuildAsync();

        (await run.ShouldThrowAsync<RunException>()).Message.ShouldContain(reason);
        (await project.ScalarAsync("select count(*) from pg_class where relname in ('a', 'ended')")).ShouldBe("0");
        (await LeadlineProcess.RunAsync(project, "build")).ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task A_guard_that_raises_leaves_no_shadow_of_a_blue_green_build()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("dbt_project.yml", "name: shop\nprofile: shop\non-run-start: [\"{{ exceptions.raise_compiler_error('not today') if execute }}\"]\n")
            .Model("a", "select 1 as id");

        var run = () => project.RunAsync(new RunOptions { Verb = RunVerb.Build, Compile = project.Options(), BlueGreen = true });

        await run.ShouldThrowAsync<RunException>();
        (await project.ScalarAsync("select count(*) from pg_namespace where nspname = 'dev__shadow'")).ShouldBe("0");
    }

    [Fact]
    public async Task A_hook_of_the_project_file_is_a_template_of_the_node()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("dbt_project.yml", """
            name: shop
            profile: shop
            models:
              +post-hook: "insert into {{ this }} values (2)"
            seeds:
              post-hook:
                - "alter table {{ this }} add column more int"
                - "update {{ this }} set more = 1"
            """)
            .Model("t", "{{ config(materialized='table') }} select 1 as id")
            .Write("seeds/s.csv", "id\n1\n");

        (await project.BuildAsync()).ShouldSucceed();

        (await project.ScalarAsync("select sum(id) from dev.t")).ShouldBe("3");
        (await project.ScalarAsync("select more from dev.s")).ShouldBe("1");
    }

    [Fact]
    public async Task What_a_hook_refers_to_is_built_before_it()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("dbt_project.yml", """
            name: shop
            profile: shop
            models:
              shop:
                a:
                  post-hook: "insert into {{ this }} select id from {{ ref('z') }}"
            """)
            .Model("a", "{{ config(materialized='table') }} select 1 as id")
            .Model("z", "select 2 as id");

        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();

        (await project.ScalarAsync("select sum(id) from dev.a")).ShouldBe("3");
    }

    [Fact]
    public async Task A_post_hook_asks_the_relation_just_built()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        await project.ExecuteAsync("create table public.seen (rows int)");
        project.Model("t", """
            {{ config(materialized='table', post_hook="{{ note_rows(this) }}") }}
            select * from generate_series(1, {{ var('n') }}) as id
            """)
            .Write("macros/note_rows.sql", """
                {% macro note_rows(relation) %}
                  {% set rows = run_query('select count(*) from ' ~ relation).columns[0].values()[0] %}
                  {% if load_relation(relation) is not none %}insert into public.seen values ({{ rows }}){% endif %}
                {% endmacro %}
                """);

        foreach (var rows in (long[])[3, 5])
        {
            var compile = project.Options() with { Vars = new Dictionary<string, object?> { ["n"] = rows } };
            (await project.RunAsync(new RunOptions { Verb = RunVerb.Run, Compile = compile })).ShouldSucceed();
        }

        (await project.RowsAsync("select rows from public.seen order by rows")).ShouldBe(["3", "5"]);
    }

    [Fact]
    public async Task A_sql_header_comes_before_the_statement_that_builds()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("t", """
            {{ config(materialized='table') }}
            {% call set_sql_header(config) %}
              create or replace function public.doubled(n int) returns int language sql as 'select n * 2';
            {% endcall %}
            select public.doubled(2) as id
            """);

        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();

        (await project.ScalarAsync("select id from dev.t")).ShouldBe("4");
    }

    [Theory]
    [InlineData("", "id")]
    [InlineData("flags: {skip_nodes_if_on_run_start_fails: true}", "")]
    public async Task After_a_failed_hook_its_side_is_skipped_and_the_models_run_unless_the_project_says_otherwise(string flags, string columns)
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("dbt_project.yml", $"""
            name: shop
            profile: shop
            on-run-start: ["select 1", "select nothing", "select 2"]
            {flags}
            """)
            .Model("t", "select 1 as id");

        var summary = await project.RunAsync(RunVerb.Run);

        summary.Success.ShouldBeFalse();
        summary.Results.Take(3).Select(r => r.Status).ShouldBe([NodeStatus.Success, NodeStatus.Error, NodeStatus.Skipped]);
        (await project.RowsAsync("select attname from pg_attribute where attrelid = to_regclass('dev.t') and attnum > 0"))
            .ShouldBe(columns.Length == 0 ? [] : [columns]);
    }

    [Theory]
    [InlineData("", "start,end 1 pass")]
    [InlineData("flags: {source_freshness_run_project_hooks: false}", "")]
    public async Task Freshness_is_asked_between_the_hooks_of_the_project(string flags, string expected)
    {
        await using var project = await TestProject.CreateAsync(postgres);
        await project.ExecuteAsync("create table told (n serial, what text); create schema raw; create table raw.events as select now() as at");
        project.Write("dbt_project.yml", $$$"""
            name: shop
            version: '1.0'
            profile: shop
            {{{flags}}}
            on-run-start: ["insert into public.told (what) values ('start')"]
            on-run-end: ["insert into public.told (what) values ('end {{ results | length }} {{ results[0].status }}')"]
            """)
            .Write("models/s.yml",
                "sources: [{name: raw, config: {loaded_at_field: at, freshness: {warn_after: {count: 1, period: day}}}, tables: [{name: events}]}]\n");

        var (exitCode, output, errors) = await LeadlineProcess.RunAsync(project, "source", "freshness");

        exitCode.ShouldBe(0, output + errors);
        (await project.ScalarAsync("select coalesce(string_agg(what, ',' order by n), '') from told")).ShouldBe(expected);
    }

    [Fact]
    public async Task Templates_know_what_is_selected()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        await project.ExecuteAsync("create table public.seen (id text)");
        project.Write("dbt_project.yml", """
            name: shop
            profile: shop
            on-run-end: "{% for id in selected_resources %}insert into public.seen values ('{{ id }}');{% endfor %}"
            """)
            .Model("a", "select 1 as id").Model("b", "select id from {{ ref('a') }}").Model("c", "select 1 as id");

        (await project.RunAsync(RunVerb.Run, "+b")).ShouldSucceed();

        (await project.RowsAsync("select id from public.seen order by id")).ShouldBe(["model.shop.a", "model.shop.b"]);
    }

    [Fact]
    public async Task Arrays_come_to_templates_as_json()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "select '{{ run_query(\"select array[1, 2] as v, array['x', null] as w\").rows[0].values() | join(' ') if execute }}' as v");

        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();

        (await project.ScalarAsync("select v from dev.a")).ShouldBe("[1, 2] [\"x\", null]");
    }

    [Fact]
    public async Task Each_hook_of_a_run_is_told_when_it_starts_and_ends()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "select 1 as id")
            .Write("dbt_project.yml", "name: shop\nprofile: shop\non-run-start: [select 1]\non-run-end: [select 2, select nothing, select 3]\n");

        var (exitCode, output, _) = await LeadlineProcess.RunAsync(project, "run");

        exitCode.ShouldBe(1);
        output.Split('\n').Where(line => line.Contains("hook: shop.")).Select(line => line[10..].TrimEnd()).ShouldBe([
            "1 of 1 START hook: shop.on-run-start.0", "1 of 1 OK hook: shop.on-run-start.0",
            "1 of 3 START hook: shop.on-run-end.0", "1 of 3 OK hook: shop.on-run-end.0",
            "2 of 3 START hook: shop.on-run-end.1", "2 of 3 ERROR hook: shop.on-run-end.1",
            "3 of 3 START hook: shop.on-run-end.2", "3 of 3 SKIP hook: shop.on-run-end.2",
        ]);
    }
}
