namespace Models.MSBuild.Tests;

public sealed class DiagnosticTests
{
    [Fact]
    public void A_misspelt_column_is_an_error_at_its_place_with_the_near_name()
    {
        using var scenario = BuildScenario.Create();
        scenario.Replace("shop/models/revenue.sql", "sum(amount)", "sum(amuont)");

        var outcome = scenario.Build();

        outcome.ShouldFail();
        outcome.Diagnostics.ShouldHaveSingleItem().ShouldBe(
            $"{scenario.PathOf("shop/models/revenue.sql")}(3,7): error MDL5001: Column 'amuont' does not exist in model 'revenue'; did you mean 'amount'?");
    }

    [Fact]
    public void An_error_in_a_macro_names_the_macro_and_the_model_that_called_it()
    {
        using var scenario = BuildScenario.Create();
        scenario.Write(
            "shop/macros/total.sql",
            """
            {% macro total(column) %}
              summ({{ column }})
            {% endmacro %}
            """);
        scenario.Replace("shop/models/revenue.sql", "sum(amount)", "{{ total('amount') }}");

        var outcome = scenario.Build();

        outcome.ShouldFail();
        var line = outcome.Diagnostics.ShouldHaveSingleItem();
        line.ShouldStartWith($"{scenario.PathOf("shop/macros/total.sql")}(2,3): error MDL5003: Function 'summ(numeric)'");
        line.ShouldContain("did you mean 'sum'?");
        line.ShouldContain("macro 'total'");
        line.ShouldContain("model 'revenue'");
        line.ShouldContain("revenue.sql(3,");
    }

    [Fact]
    public void A_test_on_a_column_that_is_not_there_is_an_error()
    {
        using var scenario = BuildScenario.Create();
        scenario.Replace("shop/models/models.yml", "- name: customer", "- name: custmer");

        var outcome = scenario.Build();

        outcome.ShouldFail();
        outcome.Diagnostics.ShouldContain(
            d => d.Contains("error MDL5010", StringComparison.Ordinal) && d.Contains("did you mean 'customer'?", StringComparison.Ordinal));
    }

    [Fact]
    public void Warnings_become_errors_where_the_project_wants_it()
    {
        using var scenario = BuildScenario.Create();
        scenario.Replace("shop/models/revenue.sql", "sum(amount) as revenue", "sum(amount) as revenue, 1 + 1");

        scenario.Build().Diagnostics.ShouldContain(d => d.Contains("warning MDL5011", StringComparison.Ordinal));
        var strict = scenario.Build("-p:LeadlineTreatWarningsAsErrors=true");

        strict.ShouldFail();
        strict.Diagnostics.ShouldContain(d => d.Contains("error MDL5011", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_analysis_the_models_are_only_rendered()
    {
        using var scenario = BuildScenario.Create();
        scenario.Replace("shop/models/revenue.sql", "sum(amount)", "sum(amuont)");

        scenario.Build("-p:LeadlineAnalysis=false").ShouldSucceed();
        scenario.Replace("shop/models/revenue.sql", "ref('orders')", "ref('ordrs')");
        var unknown = scenario.Build("-p:LeadlineAnalysis=false");

        unknown.ShouldFail();
        unknown.Diagnostics.ShouldContain(d => d.Contains("revenue.sql(4,", StringComparison.Ordinal) && d.Contains("'orders'", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_a_PostgreSQL_the_models_are_rendered_with_a_warning()
    {
        using var scenario = BuildScenario.Create();
        scenario.Environment["LEADLINE_POSTGRES"] = Path.Combine(scenario.Folder, "nothing-here");

        var outcome = scenario.Build();

        outcome.ShouldSucceed();
        outcome.Diagnostics.ShouldHaveSingleItem().ShouldContain("dbt_project.yml : warning MDL4010: The models are rendered but not type-checked");
        File.ReadAllText(scenario.PathOf("shop/target/compiled/shop/models/revenue.sql")).ShouldContain("sum(amount)");
    }

    [Fact]
    public void What_a_build_makes_does_not_depend_on_who_builds()
    {
        using var scenario = BuildScenario.Create();
        scenario.Replace("shop/profiles.yml", "schema: dev,", """schema: "dev_{{ env_var('USER', 'local') }}",""");
        scenario.Environment["USER"] = "somebody";

        scenario.Build().ShouldSucceed();

        File.ReadAllText(IncrementalTests.GeneratedFile(scenario, "ModelSchema.cs")).ShouldContain("Default = \"dev_local\"");
    }

    [Fact]
    public void Vars_reach_the_templates()
    {
        using var scenario = BuildScenario.Create();
        scenario.Replace("shop/models/revenue.sql", "sum(amount)", "sum({{ var('column') }})");

        scenario.Build("-p:LeadlineVars={column: amount}").ShouldSucceed();
        scenario.Build("-p:LeadlineVars={column: amuont}").Diagnostics.ShouldHaveSingleItem().ShouldContain("Column 'amuont' does not exist");
    }
}
