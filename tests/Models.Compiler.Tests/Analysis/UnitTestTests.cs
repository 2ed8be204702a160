namespace Models.Compiler.Tests.Analysis;

public sealed class UnitTestTests
{
    private const string Model = "select customer, sum(amount) as paid from {{ ref('orders') }} group by customer";

    private static string Declaration(string expected) =>
        $$"""
        unit_tests:
          - name: sums_by_customer
            model: paid
            given:
              - input: ref('orders')
                rows:
                  - {customer: ann, amount: 1.5}
                  - {customer: ann, amount: 2}
                  - {customer: bob, amount: 7}
            expect:
              rows:
                - {customer: ann, paid: {{expected}}}
                - {customer: bob, paid: 7}
        """;

    [Fact]
    public async Task A_right_expectation_passes_and_is_not_run_again()
    {
        using var project = new ShopProject().Write("models/paid.sql", Model).Write("models/paid.yml", Declaration("3.5"));

        var first = await project.CompileAsync(b => b with { CacheDirectory = project.OutputFolder });
        var second = await project.CompileAsync(b => b with { CacheDirectory = project.OutputFolder });

        first.Diagnostics.ShouldBeEmpty();
        second.AnalysedCount.ShouldBe(0);
    }

    [Fact]
    public async Task A_wrong_expectation_is_a_build_error_that_shows_the_rows()
    {
        using var project = new ShopProject().Write("models/paid.sql", Model).Write("models/paid.yml", Declaration("4"));

        (await project.DiagnoseAsync()).ShouldHaveSingleItem().ShouldContain(
            "error MDL4020: Unit test 'sums_by_customer' of model 'paid' fails: (customer: ann, paid: 4) expected, but not there; (customer: ann, paid: " +
            "3.50) there, but not expected");
    }

    [Fact]
    public async Task An_input_with_a_column_that_is_not_there_is_an_error()
    {
        using var project = new ShopProject()
            .Write("models/paid.sql", Model)
            .Write("models/paid.yml", Declaration("3.5").Replace("customer: bob, amount", "customr: bob, amount", StringComparison.Ordinal));

        (await project.DiagnoseAsync())
            .ShouldHaveSingleItem()
                .ShouldContain(
                    "error MDL4021: Unit test 'sums_by_customer' cannot run: the input ref('orders') has a column 'customr', which is not there; did you " +
                    "mean 'customer'?");
    }
}
