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
        outcome.Diagnostics.ShouldContain(d => d.Contains("error MDL5010", StringComparison.Ordinal) && d.Contains("did you mean 'customer'?", StringComparison.Ordinal));
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
}
