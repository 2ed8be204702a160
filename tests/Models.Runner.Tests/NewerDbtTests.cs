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
}
