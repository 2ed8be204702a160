using Models.Engine;

namespace Models.Runner.Tests;

/// <summary>What dbt 1.11 and 1.12 added.</summary>
public sealed class NewerDbtTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Vars_may_stand_in_a_file_of_their_own_and_reach_the_project_file()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("dbt_project.yml", "name: shop\nversion: '1.0'\nprofile: shop\nmodels:\n  +alias: \"{{ var('named') }}\"\n")
            .Write("vars.yml", "vars:\n  named: first\n  items: [1, 2]\n  shop: {city: Ulm}\n")
            .Model("a", "select '{{ var('items') | join('-') }}' as items, '{{ var('city') }}' as city");

        (await project.BuildAsync()).ShouldSucceed();
        (await project.ScalarAsync("select items || city from dev.first")).ShouldBe("1-2Ulm");

        // the parse is not taken over from the last run, and the command line takes precedence
        project.Write("vars.yml", "vars: {named: second, items: [3], city: Bonn}\n");
        var (exitCode, output, errors) = await LeadlineProcess.RunAsync(project, "run", "--vars", "{city: Jena}");
        exitCode.ShouldBe(0, output + errors);
        (await project.ScalarAsync("select items || city from dev.second")).ShouldBe("3Jena");

        project.Write("dbt_project.yml", "name: shop\nversion: '1.0'\nprofile: shop\nvars: {items: [4], city: Trier}\n");
        (exitCode, output, errors) = await LeadlineProcess.RunAsync(project, "run");
        exitCode.ShouldBe(2);
        errors.ShouldContain("dbt_project.yml(4,7): error MDL1039: Variables cannot be defined in both vars.yml and dbt_project.yml; " +
            "move those of one file into the other");

        project.Write("vars.yml", "# empty\n");
        (exitCode, output, errors) = await LeadlineProcess.RunAsync(project, "run");
        exitCode.ShouldBe(0, output + errors);
        (await project.ScalarAsync("select items || city from dev.a")).ShouldBe("4Trier");
    }

    [Fact]
    public async Task Dependents_run_below_a_failed_model_whose_on_error_is_continue()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("goes_on", "{{ config(materialized='table', on_error='continue') }} select 1 / {{ var('divisor', 1) }} as id")
            .Model("stops", "{{ config(materialized='table', on_error='skip_children') }} select 1 / {{ var('divisor', 1) }} as id")
            .Model("below", "{{ config(materialized='table') }} select id from {{ ref('goes_on') }}")
            .Model("below_both", "select a.id from {{ ref('goes_on') }} as a cross join {{ ref('stops') }} as b");
        (await project.BuildAsync()).ShouldSucceed();

        var options = new RunOptions { Verb = RunVerb.Build, Compile = project.Options() with { Vars = new Dictionary<string, object?> { ["divisor"] = 0L } } };
        var second = await project.RunAsync(options);

        second.Of("goes_on").Status.ShouldBe(NodeStatus.Error);
        second.Of("below").Status.ShouldBe(NodeStatus.Success);
        second.Of("stops").Status.ShouldBe(NodeStatus.Error);
        second.Of("below_both").Status.ShouldBe(NodeStatus.Skipped);

        var stopped = await project.RunAsync(options with { FailFast = true, Selection = new SelectionOptions { Select = ["goes_on", "below"] } });
        stopped.Of("below").Status.ShouldBe(NodeStatus.Skipped);

        project.Model("stops", "{{ config(on_error='ignore') }} select 1 as id");
        (await LeadlineProcess.RunAsync(project, "parse")).Errors.ShouldContain(
            "'ignore' is not a value of 'on_error': expected 'continue' or 'skip_children' for the model 'stops'");
    }

    [Fact]
    public async Task Files_with_a_second_extension_for_jinja_are_read_if_the_project_says_so()
    {
        const string Settings = "name: shop\nversion: '1.0'\nprofile: shop\n";
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("dbt_project.yml", Settings)
            .Write("models/a.sql.j2", "select {{ one() }} as id")
            .Write("models/b.sql.jinja", "select id from {{ ref('a') }}")
            .Write("macros/m.sql.jinja2", "{% macro one() %}1{% endmacro %}")
            .Write("models/text.md.j2", "{% docs told %}What it is{% enddocs %}")
            .Model("c", "select 1 as id")
            .Write("tests/t.sql.j2", "select * from {{ ref('b') }} where id > 1");
        (await project.BuildAsync()).Results.Select(r => r.Node.Name).ShouldBe(["c"]);

        project.Write("dbt_project.yml", $"{Settings}flags: {{allow_jinja_file_extensions: true}}\n")
            .Write("models/s.yml", "models: [{name: b, description: \"{{ doc('told') }}\", columns: [{name: id, data_tests: [unique]}]}]\n");
        var summary = await project.BuildAsync();

        summary.ShouldSucceed();
        summary.Results.Select(r => r.Node.Name).ShouldBe(["a", "b", "c", "t", "unique_b_id"], ignoreOrder: true);
        summary.Of("b").Node.Description.ShouldBe("What it is");
    }

    [Fact]
    public async Task A_view_under_the_name_of_a_versioned_model_reads_its_latest_version()
    {
        const string Versions = """
            models:
              - name: dim
                latest_version: LATEST
                config: {grants: {select: [pg_monitor]}, latest_version_pointer: POINTER}
                versions: [{v: 1}, {v: 2, config: {materialized: table, post_hook: "insert into {{ this }} values (9, 'h')"}}, {v: 3}]

            """;
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("dim_v1", "select 1 as id").Model("dim_v2", "select 2 as id, 'a' as label").Model("dim_v3", "select 'c' as label")
            .Model("dim", "{{ config(materialized='table') }} select 0 as id");
        (await project.BuildAsync()).ShouldSucceed();
        File.Delete(Path.Combine(project.Folder, "models", "dim.sql"));
        project.Write("models/s.yml", Versions.Replace("LATEST", "2").Replace("POINTER", "{enabled: true}"));

        (await project.BuildAsync()).ShouldSucceed();
        (await project.RowsAsync(
            "select relname || ' ' || relkind::text from pg_class where relnamespace = 'dev'::regnamespace and relkind in ('r', 'v') order by 1"))
            .ShouldBe(["dim v", "dim_v1 v", "dim_v2 r", "dim_v3 v"]);
        (await project.RowsAsync("select id || label from dev.dim order by 1")).ShouldBe(["2a", "9h"]);
        (await project.ScalarAsync("select has_table_privilege('pg_monitor', 'dev.dim', 'select')::text")).ShouldBe("true");

        project.Write("models/s.yml", Versions.Replace("LATEST", "3").Replace("POINTER", "{enabled: true}"));
        (await project.BuildAsync()).ShouldSucceed();
        (await project.RowsAsync("select label from dev.dim")).ShouldBe(["c"]);

        project.Write("dbt_project.yml", "name: shop\nprofile: shop\nflags: {latest_version_pointer_enabled_by_default: true}\n")
            .Write("models/s.yml", Versions.Replace("LATEST", "1").Replace("POINTER", "{alias: newest}"));
        (await project.RunAsync(new RunOptions { Verb = RunVerb.Build, Compile = project.Options(), BlueGreen = true })).ShouldSucceed();
        (await project.RunAsync(new RunOptions { Verb = RunVerb.Build, Compile = project.Options(), BlueGreen = true })).ShouldSucceed();
        (await project.RowsAsync("select id from dev.newest")).ShouldBe(["1"]);
        (await project.RowsAsync("select label from dev.dim")).ShouldBe(["c"]);

        (await LeadlineProcess.RunAsync(project, "show", "-s", "dim.v2")).Output.ShouldStartWith("Previewing node 'dim.v2':");

        project.Write("models/s.yml", Versions.Replace("LATEST", "1").Replace("POINTER", "{alias: dim_v3}"));
        (await LeadlineProcess.RunAsync(project, "parse")).Errors.ShouldMatch(
            "error MDL3021: the view of the latest version of 'dim' would be \"\\w+\"\\.\"dev\"\\.\"dim_v3\", which is the relation of model 'dim'");
    }
}
