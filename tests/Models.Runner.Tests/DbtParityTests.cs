using System.Text.Json;
using Models.Engine;

namespace Models.Runner.Tests;

/// <summary>Differences from dbt that its own functional tests showed.</summary>
public sealed class DbtParityTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Descriptions_of_columns_that_are_not_there_are_named_in_a_warning()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "{{ config(materialized='table', persist_docs={'columns': true}) }} select 1 as id, 2 as label")
            .Write("models/s.yml",
                "models: [{name: a, columns: [{name: id, description: The key}, {name: LABEL, description: A name}, {name: gone, description: None}]}]\n");

        var (exitCode, output, errors) = await LeadlineProcess.RunAsync(project, "run");

        exitCode.ShouldBe(0, errors);
        output.ShouldContain("The following columns are specified in the schema but are not present in the database: LABEL, gone");
        (await project.ScalarAsync("select col_description('dev.a'::regclass, 1)")).ShouldBe("The key");
    }

    [Fact]
    public async Task Inline_sql_has_a_result_and_its_mistakes_begin_as_in_dbt()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "select 1 as id");

        (await LeadlineProcess.RunAsync(project, "compile", "--inline", "select * from {{ ref('a') }}")).Output.ShouldContain("Compiled inline node is:");

        using var results = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(project.Folder, "target", "run_results.json")));
        var result = results.RootElement.GetProperty("results").EnumerateArray().Single();
        result.GetProperty("unique_id").GetString().ShouldBe("sql_operation.shop.inline_query");
        result.GetProperty("compiled_code").GetString()!.ShouldEndWith("\"dev\".\"a\"");
        foreach (var verb in (string[])["compile", "show"])
        {
            var (exitCode, _, errors) = await LeadlineProcess.RunAsync(project, verb, "--inline", "select * from {{ ref('b') }}");
            exitCode.ShouldBe(2);
            errors.ShouldContain("Error parsing inline query: inline(1,18): error MDL3001: there is no model, seed or snapshot 'b'");
        }

        (await LeadlineProcess.RunAsync(project, "show", "-q", "--inline", "select 7 as id")).Output.ShouldStartWith("| id |");
        (await LeadlineProcess.RunAsync(project, "show", "--output", "json", "--inline", "select 3.0 as x, 3 as y")).Output.ShouldContain("\"x\": 3.0");
        (await LeadlineProcess.RunAsync(project, "show", "--inline", "select nothing")).Errors.ShouldStartWith("Database Error in inline query: column");
        (await LeadlineProcess.RunAsync(
            project, "show", "--inline", "{% call set_sql_header(config) %}with v as (select 42 as id){% endcall %} select id from v")).Output.ShouldContain("42");
    }

    [Fact]
    public async Task A_state_folder_that_the_run_overwrites_and_constraints_that_a_view_cannot_have_are_warnings()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "select 1 as id").Model("b", "select 1 as id")
            .Write("models/s.yml", """
                models:
                  - {name: a, config: {contract: {enforced: true}}, columns: [{name: id, data_type: integer, constraints: [{type: not_null}]}]}
                  - name: b
                    config: {contract: {enforced: true}}
                    columns: [{name: id, data_type: integer, constraints: [{type: not_null, warn_unsupported: false}]}]

                """);
        var (_, output, _) = await LeadlineProcess.RunAsync(project, "run");
        output.ShouldContain("models/s.yml(2,12): warning MDL1041: Constraint types are not supported for view materializations and will be ignored.");
        output.ShouldNotContain("the model 'b' has constraints");

        (await LeadlineProcess.RunAsync(project, "clone", "--state", "target")).Output.ShouldContain(
            "The state and target directories are the same: 'target'. This could lead to missing changes due to overwritten state");
        await project.ExecuteAsync("drop view dev.a");
        var (exitCode, _, errors) = await LeadlineProcess.RunAsync(project, "clone", "--state", "target");
        exitCode.ShouldBe(1);
        errors.ShouldContain("\"dev\".\"a\" does not exist, and cannot be cloned from itself; build it, or name another --state");
    }

    [Fact]
    public async Task A_test_with_a_limit_stores_that_many_failures()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "select generate_series(1, 9) as id")
            .Write("tests/t.sql", "{{ config(store_failures=true, limit=4, severity='warn') }} select * from {{ ref('a') }}");

        (await project.BuildAsync()).Of("t").Failures.ShouldBe(4);

        (await project.ScalarAsync("select count(*) from dev_dbt_test__audit.t")).ShouldBe("4");
    }

    [Fact]
    public async Task The_manifest_names_the_macros_that_a_node_calls_itself_and_a_summary_holds_the_edges()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("macros/m.sql", "{% macro inner() %}1{% endmacro %}{% macro outer() %}{{ inner() }}{% endmacro %}")
            .Model("a", "{{ config(tags='x') }}{{ config(tags=['y']) }}select {{ outer() }} as id, {{ outer() }} as other")
            .Model("b", "select id from {{ ref('a') }}")
            .Write("models/s.yml", "models: [{name: a, columns: [{name: id, data_tests: [unique, {accepted_values: {arguments: {values: [1]}}}]}]}]\n");

        (await project.BuildAsync()).ShouldSucceed();

        using var manifest = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(project.Folder, "target", "manifest.json")));
        Macros("model.shop.a").ShouldBe(["macro.shop.outer"]);
        Nodes().GetProperty("model.shop.a").GetProperty("unrendered_config").GetProperty("tags").EnumerateArray()
            .Select(t => t.GetString()).ShouldBe(["x", "y"]);
        Macros(Node("test.shop.unique_a_id")).ShouldBe(["macro.dbt.test_unique"]);
        Macros(Node("test.shop.accepted_values_a_id")).ShouldBe(["macro.dbt.test_accepted_values", "macro.dbt.get_where_subquery"]);

        using var summary = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(project.Folder, "target", "graph_summary.json")));
        After("linked", "model.shop.a").ShouldContain("model.shop.b");
        After("linked", Node("test.shop.unique_a_id")).ShouldBeEmpty();
        After("with_test_edges", Node("test.shop.unique_a_id")).ShouldBe(["model.shop.b"]);

        JsonElement Nodes() => manifest.RootElement.GetProperty("nodes");
        string Node(string start) => Nodes().EnumerateObject().Single(n => n.Name.StartsWith(start, StringComparison.Ordinal)).Name;
        IEnumerable<string?> Macros(string node) =>
            Nodes().GetProperty(node).GetProperty("depends_on").GetProperty("macros").EnumerateArray().Select(m => m.GetString());
        IEnumerable<string?> After(string graph, string node)
        {
            var nodes = summary.RootElement.GetProperty(graph);
            var found = nodes.EnumerateObject().Single(n => n.Value.GetProperty("name").GetString() == node).Value;
            return found.TryGetProperty("succ", out var after)
                ? after.EnumerateArray().Select(n => nodes.GetProperty($"{n.GetInt32()}").GetProperty("name").GetString())
                : [];
        }
    }

    [Fact]
    public async Task A_build_skips_the_models_below_a_failed_test_of_several_parents()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "select 1 as id").Model("b", "select 2 as id")
            .Model("m", "{{ config(materialized='table') }} select a.id from {{ ref('a') }} as a cross join {{ ref('b') }} as b")
            .Model("n", "select id from {{ ref('m') }}").Model("only_a", "select id from {{ ref('a') }}")
            .Write("tests/both.sql", "select a.id from {{ ref('a') }} as a cross join {{ ref('b') }} as b");

        foreach (var threads in (int[])[1, 4])
        {
            var summary = await project.RunAsync(new RunOptions { Verb = RunVerb.Build, Compile = project.Options(), Threads = threads });

            summary.Of("both").Status.ShouldBe(NodeStatus.Fail);
            summary.Of("m").Status.ShouldBe(NodeStatus.Skipped);
            summary.Of("n").Status.ShouldBe(NodeStatus.Skipped);
            summary.Of("only_a").Status.ShouldBe(NodeStatus.Success);
        }
    }

    [Fact]
    public async Task Docs_without_compiling_write_no_manifest_and_ls_gives_unit_tests_no_tags()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "select 1 as id").Write("models/t.yml", "unit_tests: [{name: t, model: a, given: [], expect: {rows: [{id: 1}]}}]\n");

        (await LeadlineProcess.RunAsync(project, "docs", "generate", "--no-compile")).ExitCode.ShouldBe(0);
        File.Exists(Path.Combine(project.Folder, "target", "manifest.json")).ShouldBeFalse();

        var (_, output, _) = await LeadlineProcess.RunAsync(project, "ls", "--output", "json", "--resource-type", "unit_test");
        using var listed = JsonDocument.Parse(output);
        listed.RootElement.EnumerateObject().Select(p => p.Name)
            .ShouldBe(["name", "package_name", "depends_on", "config", "resource_type", "original_file_path", "unique_id"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_selector_of_the_project_is_a_method_of_select()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "select 1 as id").Model("b", "select id from {{ ref('a') }}").Model("c", "select 1 as id")
            .Write("selectors.yml", "selectors:\n  - {name: first, definition: a}\n  - {name: loop, definition: 'selector:loop'}\n");

        (await LeadlineProcess.RunAsync(project, "ls", "--select", "selector:first+", "--output", "name")).Output.Split('\n', StringSplitOptions.TrimEntries)
            .Where(l => l.Length > 0).ShouldBe(["a", "b"]);
        (await LeadlineProcess.RunAsync(project, "ls", "--select", "c", "selector:first", "--output", "name")).Output.ShouldContain("c");
        project.Write("tests/t.sql", "{{ config(severity='ERROR') }} select * from {{ ref('a') }} where false");
        (await LeadlineProcess.RunAsync(project, "ls", "--select", "config.severity:error", "--output", "name")).Output.Trim().ShouldBe("t");

        var (exitCode, _, errors) = await LeadlineProcess.RunAsync(project, "ls", "--select", "selector:loop");
        exitCode.ShouldBe(2);
        errors.ShouldContain("The selector 'loop' in selectors.yml refers to itself.");
    }

    [Fact]
    public async Task Run_operation_executes_SQL()
    {
        await using var project = await TestProject.CreateAsync(postgres);

        var (exitCode, _, errors) = await LeadlineProcess.RunAsync(project, "run-operation", "--sql", "create schema {{ target.schema }}_of_sql");
        exitCode.ShouldBe(0, errors);
        (await project.ScalarAsync("select count(*) from pg_namespace where nspname = 'dev_of_sql'")).ShouldBe("1");

        (exitCode, _, errors) = await LeadlineProcess.RunAsync(project, "run-operation", "--sql", "select nothing");
        exitCode.ShouldBe(1);
        errors.ShouldContain("column \"nothing\" does not exist");
        (await LeadlineProcess.RunAsync(project, "run-operation")).Errors.ShouldContain("Give run-operation the name of a macro, or --sql");
    }

    [Fact]
    public async Task A_unit_test_names_an_input_that_its_model_reads_and_that_it_does_not_give()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "select 1 as id").Model("b", "select id from {{ ref('a') }}")
            .Write("models/t.yml", "unit_tests: [{name: t, model: b, given: [], expect: {rows: [{id: 1}]}}]\n");
        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();

        (await project.RunAsync(RunVerb.Test)).Of("t").Message.ShouldContain("model 'b' reads ref('a'), which is not among the inputs; add it under given");
    }

    [Fact]
    public async Task A_query_for_the_age_of_a_source_that_gives_no_row_means_never_loaded()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("models/s.yml", "sources: [{name: raw, loaded_at_query: select now() where false, freshness: {error_after: {count: 1, period: day}}, " +
            "tables: [{name: t}]}]\n");

        var (exitCode, output, _) = await LeadlineProcess.RunAsync(project, "source", "freshness");

        exitCode.ShouldBe(1);
        output.ShouldContain("ERROR STALE freshness of raw.t");
    }

    [Fact]
    public async Task A_state_folder_lies_below_the_project_and_needs_only_what_is_compared_with()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "select 1 as id").Model("b", "select nothing").Write("state/.keep", "");
        await LeadlineProcess.RunAsync(project, "run");
        File.Copy(Path.Combine(project.Folder, "target", "run_results.json"), Path.Combine(project.Folder, "state", "run_results.json"));

        (await LeadlineProcess.RunInAsync(project, "models", "ls", "-s", "result:error", "--state", "state")).Output.ShouldBe("shop.b\n");
        foreach (var needed in (string[][])[["ls", "-s", "state:modified"], ["compile", "-s", "a", "--defer"]])
        {
            var (exitCode, _, errors) = await LeadlineProcess.RunAsync(project, [.. needed, "--state", "state"]);
            (exitCode, errors).ShouldBe((2, "--state names 'state', but there is no manifest.json in it.\n"));
        }

        File.Delete(Path.Combine(project.Folder, "state", "run_results.json"));
        (await LeadlineProcess.RunAsync(project, "ls", "-s", "result:error", "--state", "state")).Errors.ShouldContain("there is no run_results.json in it");
        (await LeadlineProcess.RunAsync(project, "run", "-s", "a", "--state", "state")).ExitCode.ShouldBe(0);
    }
}
