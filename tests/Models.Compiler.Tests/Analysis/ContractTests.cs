namespace Models.Compiler.Tests.Analysis;

/// <summary>What a model's contract promises is compared with what its query gives.</summary>
public sealed class ContractTests
{
    [Theory]
    [InlineData("numeric(6,0)", "2.0/3", "numeric")]
    [InlineData("numeric(6,2)", "1::numeric(8,3)", "numeric(8,3)")]
    [InlineData("real", "1::double precision", "double precision")]
    [InlineData("timestamp(0)", "now()::timestamp", "timestamp without time zone")]
    [InlineData("numeric(6,0)[]", "array[2.5]", "numeric[]")]
    public async Task A_type_that_rounds_is_warned_of(string promised, string expression, string produced)
    {
        using var project = Contract(promised, expression);

        var found = (await project.DiagnoseAsync()).ShouldHaveSingleItem();

        found.ShouldStartWith("models/m.yml(5,16): warning MDL6005: The contract of model 'm' stores column 'v' as ");
        found.ShouldEndWith($", to which values of {produced} are rounded; round or cast them in the query, or change the contract");
    }

    [Theory]
    [InlineData("numeric(6,2)", "2.5::numeric(6,1)")]
    [InlineData("numeric(6,2)", "2.5::numeric(6,2)")]
    [InlineData("double precision", "1::real")]
    [InlineData("timestamp", "now()::timestamp(0)")]
    [InlineData("text", "'x'")]
    public async Task A_type_that_holds_every_value_is_not(string promised, string expression)
    {
        using var project = Contract(promised, expression);

        (await project.DiagnoseAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("numeric")]
    [InlineData("Decimal")]
    public async Task A_numeric_without_precision_is_warned_of_in_dbt_s_words(string type)
    {
        using var project = Contract(type, "2.5");

        (await project.DiagnoseAsync()).ShouldBe(
            ["models/m.yml(5,16): warning MDL1033: Detected columns with numeric type and unspecified precision/scale, this can lead to unintended rounding: " +
                "['v']; write for example numeric(38,6)"]);
    }

    [Fact]
    public async Task A_column_may_be_written_in_quotes()
    {
        using var project = new ShopProject()
            .Write("models/m.sql", "{{ config(materialized='table') }} select 1 as \"Id\", 2 as other")
            .Write("models/m.yml",
                "models: [{name: m, config: {contract: {enforced: true}}, columns: [{name: '\"Id\"', data_type: int}, {name: Other, data_type: int}]}]");

        (await project.CompileAsync()).ColumnsOf("m").ShouldBe(["Id integer", "other integer"]);
        (await project.DiagnoseAsync()).ShouldBeEmpty();
    }

    private static ShopProject Contract(string promised, string expression) => new ShopProject()
        .Write("models/m.sql", $"{{{{ config(materialized='table') }}}} select {expression} as v")
        .Write("models/m.yml",
            $"models:\n  - name: m\n    config: {{contract: {{enforced: true}}}}\n    columns:\n      - {{name: v, data_type: '{promised}'}}\n");
}
