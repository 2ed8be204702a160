using System.Text.Json;
using Models.Engine;

namespace Models.Runner.Tests;

/// <summary>Functions in the warehouse (UDFs), which dbt has since 1.11, and their overloads, since 1.12.</summary>
public sealed class FunctionTests(PostgresFixture postgres)
{
    private const string Yaml = """
        functions:
          - name: doubled
            description: Doubles a number
            config: {volatility: deterministic}
            arguments: [{name: value, data_type: integer}, {name: more, data_type: integer, default_value: 0}]
            returns: {data_type: integer}
            overloads:
              - {defined_in: doubled_text, arguments: [{name: value, data_type: text}], returns: {data_type: text}}
          - name: orders
            returns: {data_type: bigint}

        """;

    [Fact]
    public async Task Functions_are_built_before_what_calls_them_and_read_what_they_name()
    {
        await using var project = await CreateAsync();
        project.Write("dbt_project.yml", "name: shop\nversion: '1.0'\nprofile: shop\nfunctions: {+schema: udfs}\n")
            .Model("a", "{{ config(materialized='table') }} select {{ function('doubled') }}(2, more => 1) as n, {{ function('shop', 'doubled') }}('x') as t")
            .Write("functions/orders.sql", "select count(*) + {{ function('doubled') }}(0) from {{ ref('a') }}")
            .Model("b", "select {{ function('orders') }}() as n")
            .Write("tests/t.sql", "select 1 from {{ ref('b') }} where n <> {{ function('doubled') }}(1) / 2");

        (await project.BuildAsync()).ShouldSucceed();
        (await project.RowsAsync("select n, t from dev.a")).ShouldBe(["5|xx"]);
        (await project.ScalarAsync("select n from dev.b")).ShouldBe("1");
        (await project.ScalarAsync("select string_agg(provolatile::text, '' order by pronargs) from pg_proc where proname = 'doubled'")).ShouldBe("ii");

        // a body may change below the views that call it, and the parse is taken over
        project.Write("functions/orders.sql", "select 7::bigint");
        var (exitCode, output, errors) = await LeadlineProcess.RunAsync(project, "build", "--resource-type", "function");
        exitCode.ShouldBe(0, output + errors);
        output.ShouldContain("OK created function dev_udfs.orders");
        (await project.ScalarAsync("select n from dev.b")).ShouldBe("7");

        (await LeadlineProcess.RunAsync(project, "ls", "--resource-type", "function")).Output.ShouldBe("shop.doubled\nshop.orders\n");
        (await LeadlineProcess.RunAsync(project, "show", "--inline", "select {{ function('doubled') }}(21) as found")).Output.ShouldContain("42");

        using var manifest = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(project.Folder, "target", "manifest.json")));
        var doubled = manifest.RootElement.GetProperty("functions").GetProperty("function.shop.doubled");
        doubled.GetProperty("arguments")[1].GetProperty("default_value").GetInt32().ShouldBe(0);
        doubled.GetProperty("overloads")[0].GetProperty("raw_body").GetString().ShouldBe("select value || value");
        manifest.RootElement.GetProperty("nodes").GetProperty("model.shop.a").GetProperty("depends_on").GetProperty("nodes")[0].GetString()
            .ShouldBe("function.shop.doubled");

        Directory.Move(Path.Combine(project.Folder, "target"), Path.Combine(project.Folder, "earlier"));
        project.Write("functions/doubled_text.sql", "select value || '-' || value");
        (await LeadlineProcess.RunAsync(project, "ls", "--resource-type", "function", "--select", "state:modified", "--state", "earlier"))
            .Output.ShouldBe("shop.doubled\n");
    }

    [Fact]
    public async Task A_refused_overload_leaves_the_others_and_skips_what_calls_the_function()
    {
        await using var project = await CreateAsync();
        project.Write("functions/orders.sql", "select 1::bigint").Write("functions/doubled_text.sql", "select value || nothing")
            .Model("a", "select {{ function('doubled') }}(2) as n");

        var summary = await project.BuildAsync();

        summary.Of("doubled").Status.ShouldBe(NodeStatus.PartialSuccess);
        summary.Of("doubled").Message.ShouldContain("refused overloads: doubled_text: ");
        summary.Of("doubled").Message.ShouldContain("column \"nothing\" does not exist");
        summary.Of("a").Status.ShouldBe(NodeStatus.Skipped);
        (await project.ScalarAsync("select dev.doubled(3)")).ShouldBe("6");
    }

    [Fact]
    public async Task Mistakes_in_the_declaration_of_a_function_are_reported_where_they_are()
    {
        await using var project = await CreateAsync();
        project.Write("functions/orders.py", "def f(): pass")
            .Write("functions/bare.sql", "select 1")
            .Write("functions/wide.sql", "{{ config(volatility='sometimes') }} select 1")
            .Write("functions/more.yml", "functions:\n- name: wide\n  returns: {data_type: integer}\n"
                + "  arguments: [{name: a, data_type: integer, default_value: 1}, {name: b, data_type: integer}]\n"
                + "  overloads: [{defined_in: gone}, {defined_in: wide}, {defined_in: doubled_text}]\n")
            .Model("a", "select {{ function('doubeld') }}(2) as n");

        var errors = (await LeadlineProcess.RunAsync(project, "parse")).Errors;

        errors.ShouldContain("functions/orders.py: error MDL1040: Function 'orders' uses Python, which is not supported on 'postgres'");
        errors.ShouldContain("functions/bare.sql: error MDL1040: the function 'bare' has no 'returns' with a 'data_type'");
        errors.ShouldContain("'sometimes' is not a value of 'volatility': expected 'deterministic', 'stable' or 'non-deterministic'");
        errors.ShouldContain("functions/more.yml(4,64): error MDL1040: Non-defaulted argument 'b' of function 'wide' comes after a defaulted argument.");
        errors.ShouldContain("Function overload 'gone' (defined_in) not found. Expected a SQL file at functions/gone.sql");
        errors.ShouldContain("Function 'wide' cannot list itself in overloads (defined_in: 'wide').");
        errors.ShouldContain("Function overload 'doubled_text' (defined_in) is already used by ");
        errors.ShouldContain("there is no function 'doubeld'; did you mean 'doubled'?");
    }

    private async Task<TestProject> CreateAsync() => (await TestProject.CreateAsync(postgres))
        .Write("functions/f.yml", Yaml)
        .Write("functions/doubled.sql", "select value * 2 + more")
        .Write("functions/doubled_text.sql", "select value || value");
}
