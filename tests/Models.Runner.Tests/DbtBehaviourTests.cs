using Models.Engine;

namespace Models.Runner.Tests;

/// <summary>What dbt does where it is easily done otherwise.</summary>
public sealed class DbtBehaviourTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Empty_reads_no_rows_of_ephemeral_models_either()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("e", "{{ config(materialized='ephemeral') }} select 1 as id")
            .Model("a", "{{ config(materialized='table') }} select id from {{ ref('e') }}");

        (await LeadlineProcess.RunAsync(project, "run", "--empty")).ExitCode.ShouldBe(0);

        (await project.ScalarAsync("select count(*) from dev.a")).ShouldBe("0");
    }

    [Fact]
    public async Task An_unknown_incremental_strategy_fails_in_the_first_run()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "{{ config(materialized='incremental', incremental_strategy='bogus') }} select 1 as id");

        (await project.RunAsync(RunVerb.Run)).Of("a").Message.ShouldContain("asks for the incremental strategy 'bogus'");
    }

    [Fact]
    public async Task A_snapshot_may_use_the_strategy_of_a_package()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("packages.yml", "packages: [{local: kit}]").Write("kit/dbt_project.yml", "name: kit\n")
            .Write("kit/macros/s.sql",
                "{% macro snapshot_ours_strategy(node, snapshotted_rel, current_rel, model_config, target_exists) %}{{ return(snapshot_check_strategy(node, " +
                "snapshotted_rel, current_rel, model_config, target_exists)) }}{% endmacro %}")
            .Write("snapshots/s.sql",
                "{% snapshot s %}{{ config(schema='snaps', strategy='kit.ours', unique_key='id', check_cols='all') }}select 1 as id, {{ var('value', 1) }} " +
                "as value{% endsnapshot %}");

        (await project.RunAsync(RunVerb.Snapshot)).ShouldSucceed();
        (await LeadlineProcess.RunAsync(project, "snapshot", "--vars", "{value: 2}")).ExitCode.ShouldBe(0);

        (await project.RowsAsync("select value, dbt_valid_to is null from dev_snaps.s order by value")).ShouldBe(["1|False", "2|True"]);
    }

    [Fact]
    public async Task A_seed_of_a_unit_test_without_rows_has_its_own()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("seeds/codes.csv", "code,label\n1,one\n2,two\n").Model("a", "select label from {{ ref('codes') }} where code = 2")
            .Write("models/t.yml", "unit_tests:\n  - {name: t, model: a, given: [{input: ref('codes')}], expect: {rows: [{label: two}]}}\n");

        (await project.BuildAsync()).ShouldSucceed();
    }

    [Fact]
    public async Task A_build_has_exposures_and_saved_queries_among_its_results()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "select 1 as id").Write("models/e.yml", """
            exposures:
              - {name: board, type: dashboard, owner: {name: ada}, depends_on: [ref('a')]}
              - {name: book, type: notebook, owner: {name: ada}, depends_on: [ref('a')]}
            """);

        var results = (await project.BuildAsync()).ShouldSucceed();

        results.Of("board").Status.ShouldBe(NodeStatus.NoOp);
        results.Of("board").Message.ShouldBe("NO-OP");
        (await LeadlineProcess.RunAsync(project, "build", "--exclude", "board")).Output.ShouldContain("Done. PASS=1 WARN=0 ERROR=0 SKIP=0 NO-OP=1 TOTAL=2");
    }

    [Fact]
    public async Task An_exposure_of_a_model_that_failed_is_skipped()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "{{ config(materialized='table') }} select 1 / (select 0) as id")
            .Write("models/e.yml", "exposures:\n  - {name: board, type: dashboard, owner: {name: ada}, depends_on: [ref('a')]}\n");

        (await project.BuildAsync()).Of("board").Status.ShouldBe(NodeStatus.Skipped);
    }

    [Fact]
    public async Task A_null_setting_of_a_test_leaves_the_projects_in_force()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("dbt_project.yml", "name: shop\nprofile: shop\ndata_tests: {+severity: warn}\n").Model("a", "select null::int as id")
            .Write("models/a.yml", "models: [{name: a, columns: [{name: id, data_tests: [{not_null: {config: {severity: null}}}]}]}]\n");

        (await project.BuildAsync()).Of("not_null_a_id").Status.ShouldBe(NodeStatus.Warn);
    }

    [Fact]
    public async Task A_package_may_override_the_freshness_of_one_table_of_a_source()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        await project.ExecuteAsync(
            "create schema raw; create table raw.t as select now() - interval '3 days' as at; create table raw.u as select now() - interval '3 days' as at");
        project.Write("packages.yml", "packages: [{local: kit}]").Write("kit/dbt_project.yml", "name: kit\n")
            .Write("kit/models/s.yml",
                "sources: [{name: raw, loaded_at_field: at, freshness: {error_after: {count: 1, period: day}}, tables: [{name: t}, {name: u}]}]\n")
            .Write("models/s.yml", "sources: [{name: raw, overrides: kit, tables: [{name: t, freshness: {error_after: {count: 9, period: day}}}]}]\n");

        var output = (await LeadlineProcess.RunAsync(project, "source", "freshness")).Output;

        output.ShouldContain("PASS freshness of raw.t ");
        output.ShouldContain("ERROR STALE freshness of raw.u ");
    }

    [Fact]
    public async Task Freshness_thresholds_of_several_places_are_laid_over_each_other()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        await project.ExecuteAsync("create schema raw; create table raw.t as select now() - interval '30 hours' as at");
        project.Write("dbt_project.yml", "name: shop\nprofile: shop\nsources: {+freshness: {error_after: {count: 24, period: hour}}}\n").Write("models/s.yml", """
            sources:
              - name: raw
                loaded_at_field: at
                config: {freshness: {warn_after: {count: 12, period: hour}}}
                tables:
                  - {name: a, identifier: t, freshness: {warn_after: {count: 6, period: hour}, error_after: {}}}
                  - {name: b, identifier: t, freshness: {warn_after: {count: 6, period: hour}, error_after: null}}
                  - {name: c, identifier: t, freshness: {error_after: {count: 20, period: hour}}, config: {freshness: {error_after: {count: 72, period: hour}}}}
                  - {name: d, identifier: t, freshness: null}
            """);

        var output = (await LeadlineProcess.RunAsync(project, "source", "freshness")).Output;

        output.ShouldContain("ERROR STALE freshness of raw.a ");
        output.ShouldContain("WARN freshness of raw.b ");
        output.ShouldContain("WARN freshness of raw.c ");
        output.ShouldNotContain("raw.d");
    }

    [Fact]
    public async Task Fresher_sources_need_two_checks_to_compare()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "select 1 as id").Write("models/s.yml", "sources: [{name: raw, tables: [{name: t}]}]\n");
        (await LeadlineProcess.RunAsync(project, "parse", "--target-path", "earlier")).ExitCode.ShouldBe(0);

        var (exitCode, _, errors) = await LeadlineProcess.RunAsync(project, "run", "-s", "source_status:fresher+", "--state", "earlier");
        exitCode.ShouldBe(2);
        errors.ShouldStartWith("No previous state comparison freshness results in sources.json");

        project.Write("earlier/sources.json", "{\"results\": []}");
        (_, _, errors) = await LeadlineProcess.RunAsync(project, "run", "-s", "source_status:fresher+", "--state", "earlier");
        errors.ShouldStartWith("No current state comparison freshness results in sources.json");
    }

    [Fact]
    public async Task Old_and_new_names_of_warn_error_options_exclude_each_other()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "select 1 as id");

        var (exitCode, _, errors) = await LeadlineProcess.RunAsync(project, "run", "--warn-error-options", "{include: all, error: all}");

        exitCode.ShouldBe(2);
        errors.ShouldContain("has both 'error' and 'include'");
    }

    [Fact]
    public async Task A_macro_of_the_project_answers_which_columns_a_relation_has()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write(
            "macros/c.sql", "{% macro postgres__get_columns_in_relation(relation) %}{{ return(default__get_columns_in_relation(relation) + " +
            "[api.Column('more', 'int')]) }}{% endmacro %}")
            .Model("a", "select 1 as id")
            .Model("b",
                "{{ config(materialized='table') }} select '{{ adapter.get_columns_in_relation(ref('a')) | map(attribute='name') | join(',') }}' as columns");

        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();

        (await project.ScalarAsync("select columns from dev.b")).ShouldBe("id,more");
    }

    [Fact]
    public async Task Templates_in_selectors_yml_are_rendered()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "select 1 as id")
            .Model("b", "select 1 as id").Write("selectors.yml", "selectors: [{name: one, definition: \"{{ var('wanted') }}\"}]\n");

        (await LeadlineProcess.RunAsync(project, "ls", "--selector", "one", "--vars", "{wanted: b}")).Output.ShouldBe("shop.b\n");
        var (exitCode, _, errors) = await LeadlineProcess.RunAsync(project, "ls", "--selector", "one");
        exitCode.ShouldBe(2);
        errors.ShouldContain("selectors.yml(1,37): error MDL2203: there is no var 'wanted'");
    }

    [Fact]
    public async Task An_edited_fixture_makes_its_unit_test_modified()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("seeds/s.csv", "id\n1\n").Model("a", "select id from {{ ref('s') }}").Write("tests/fixtures/f.csv", "id\n1\n")
            .Write("models/t.yml", "unit_tests: [{name: t, model: a, given: [{input: ref('s'), format: csv, fixture: f}], expect: {rows: [{id: 1}]}}]\n");
        (await LeadlineProcess.RunAsync(project, "parse", "--target-path", "earlier")).ExitCode.ShouldBe(0);
        (await LeadlineProcess.RunAsync(project, "ls", "-s", "state:modified", "--state", "earlier")).Output.ShouldBe("");

        project.Write("tests/fixtures/f.csv", "id\n2\n");

        (await LeadlineProcess.RunAsync(project, "ls", "-s", "state:modified", "--state", "earlier", "--output", "name")).Output.ShouldBe("t\n");
    }

    [Fact]
    public async Task Arrays_of_several_dimensions_are_shown_as_they_are()
    {
        await using var project = await TestProject.CreateAsync(postgres);

        (await LeadlineProcess.RunAsync(project, "show", "--inline", "select array[array[1, 2], array[3, 4]] as nested, '{}'::int[] as empty")).Output
            .ShouldContain("| [[1, 2], [3, 4]] | []    |");
    }

    [Fact]
    public async Task Without_introspection_a_template_that_asks_the_database_is_not_compiled()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "select 1 as id").Model("asks", "select {% if execute %}{{ run_query('select 1').columns[0].values()[0] }}{% endif %} as id");

        var (exitCode, _, errors) = await LeadlineProcess.RunAsync(project, "compile", "--no-introspect");

        exitCode.ShouldBe(2);
        errors.ShouldBe("models/asks.sql: --no-introspect was given, and a template asks the database; leave the flag out.\n");
        (await LeadlineProcess.RunAsync(project, "compile", "--no-introspect", "-s", "a")).ExitCode.ShouldBe(0);
    }
}
