namespace Models.Compiler.Tests.Analysis;

/// <summary>Functions of a project are created in the analysis database, so that their bodies and their calls are checked.</summary>
public sealed class FunctionAnalysisTests
{
    private const string Yaml = """
        functions:
          - {name: doubled, arguments: [{name: value, data_type: integer}], returns: {data_type: integer}}
          - {name: orders_of, arguments: [{name: who, data_type: text}], returns: {data_type: bigint}}

        """;

    [Fact]
    public async Task Bodies_and_calls_are_checked_where_they_are_written()
    {
        using var project = Create();
        (await project.DiagnoseAsync()).ShouldBeEmpty();

        // nothing but the model is analysed again: the functions come from the cache
        project.Write("models/called.sql", "select {{ function('doubled') }}(current_date) as n");
        (await project.DiagnoseAsync()).ShouldHaveSingleItem().ShouldStartWith(
            "models/called.sql(1,11): error MDL5003: Function 'dev.doubled(date)' that model 'called' calls does not exist");

        project.Write("models/called.sql", "select {{ function('doubled') }}(1) + {{ function('orders_of') }}('x') as n")
            .Write("functions/orders_of.sql", "select count(*)\nfrom {{ ref('orders') }} where costumer = who");
        (await project.DiagnoseAsync()).ShouldHaveSingleItem().ShouldStartWith(
            "functions/orders_of.sql(2,32): error MDL5001: Column 'costumer' does not exist in function 'orders_of'; did you mean 'customer'?");
    }

    [Fact]
    public async Task A_unit_test_of_a_model_may_call_a_function_that_reads_no_relation()
    {
        using var project = Create();
        project.Write("models/called.sql", "select {{ function('doubled') }}(order_id::integer) as n from {{ ref('orders') }}")
            .Write("models/u.yml", """
                unit_tests:
                  - {name: right, model: called, given: [{input: ref('orders'), rows: [{order_id: 2}]}], expect: {rows: [{n: 4}]}}
                """);
        (await project.DiagnoseAsync()).ShouldBeEmpty();

        project.Write("functions/doubled.sql", "select value * 3");
        (await project.DiagnoseAsync()).ShouldHaveSingleItem().ShouldContain("'right'");
    }

    private static ShopProject Create() => new ShopProject()
        .Write("functions/f.yml", Yaml)
        .Write("functions/doubled.sql", "select value * 2")
        .Write("functions/orders_of.sql", "select count(*) from {{ ref('orders') }} where customer = who")
        .Write("models/called.sql", "select {{ function('doubled') }}(1) + {{ function('orders_of') }}('x') as n");
}
