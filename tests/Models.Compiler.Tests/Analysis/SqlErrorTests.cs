using Models.Analysis;

namespace Models.Compiler.Tests.Analysis;

public sealed class SqlErrorTests
{
    public static TheoryData<string, string> Mistakes => new()
    {
        {
            "select order_id,\n  custmer\nfrom {{ ref('orders') }}",
            "models/broken.sql(2,3): error MDL5001: Column 'custmer' does not exist in model 'broken'; did you mean 'customer'?"
        },
        {
            "select o.order_id, o.costumer as who from {{ ref('orders') }} as o",
            "models/broken.sql(1,20): error MDL5001: Column 'o.costumer' does not exist in model 'broken'; did you mean 'o.customer'?"
        },
        {
            "{# a note #}\nselect 'ü', '😀', zip from {{ ref('orders') }}",
            "models/broken.sql(2,19): error MDL5001: Column 'zip' does not exist in model 'broken'"
        },
        {
            "select order_id form {{ ref('orders') }} as o where",
            "models/broken.sql(1,25): error MDL4002: Syntax error in model 'broken' near 'dev_marts'"
        },
        {
            "select order_id from {{ ref('orders') }} where (amount > 1",
            "models/broken.sql(1,58): error MDL4002: Syntax error in model 'broken' at its end; something is not closed or is missing"
        },
        {
            "select order_id from {{ ref('orders') }}\nwhere\n\n",
            "models/broken.sql(2,5): error MDL4002: Syntax error in model 'broken' at its end; something is not closed or is missing"
        },
        {
            "select regexp_splt_to_table(customer, ',') as u from {{ ref('orders') }}",
            "models/broken.sql(1,8): error MDL5003: Function 'regexp_splt_to_table(text, unknown)' that model 'broken' calls does not exist; did you mean " +
            "'regexp_split_to_table'?; check its name, or cast its arguments"
        },
        {
            "select coalsce(customer, 'x') as u from {{ ref('orders') }}",
            "models/broken.sql(1,8): error MDL5003: Function 'coalsce(text, unknown)' that model 'broken' calls does not exist; did you mean 'coalesce'?; " +
            "check its name, or cast its arguments"
        },
        {
            "select order_id from dev_marts.oders",
            "models/broken.sql(1,22): error MDL5002: Relation 'dev_marts.oders' that model 'broken' reads does not exist; did you mean 'dev_marts.orders'?"
        },
        {
            "select uper(customer) as u from {{ ref('orders') }}",
            "models/broken.sql(1,8): error MDL5003: Function 'uper(text)' that model 'broken' calls does not exist; did you mean 'upper'?; check its name, " +
            "or cast its arguments"
        },
        {
            "select customer + 1 as more from {{ ref('orders') }}",
            "models/broken.sql(1,17): error MDL5004: Operator 'text + integer' in model 'broken' does not exist for these types; cast one side"
        },
        {
            "select customer from {{ ref('orders') }} join {{ source('raw', 'customers') }} as c on true",
            "models/broken.sql(1,8): error MDL5005: Column 'customer' in model 'broken' is ambiguous; put the relation's name or alias before it"
        },
        {
            "select amount::integr as n from {{ ref('orders') }}",
            "models/broken.sql(1,16): error MDL5006: Type 'integr' in model 'broken' does not exist; did you mean 'integer'?"
        },
        {
            "select 1 as one, 2 as one",
            "models/broken.sql(1,23): error MDL5008: Column 'one' occurs twice in model 'broken'; give one of them another name"
        },
        {
            "select customer, sum(amount) as paid from {{ ref('orders') }}",
            "models/broken.sql(1,8): error MDL4003: Column 'orders.customer' of model 'broken' is neither grouped nor aggregated; add it to group by, or " +
            "aggregate it"
        },
        {
            "select order_id from {{ ref('orders') }} where 'yes'::int = 1",
            "models/broken.sql(1,48): error MDL5007: Types do not fit in model 'broken': invalid input syntax for type integer: 'yes'"
        },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_mistake_is_reported_where_it_is_written(string sql, string expected)
    {
        using var project = new ShopProject().Write("models/broken.sql", sql);

        var found = await project.DiagnoseAsync();

        found.ShouldBe([expected]);
    }

    [Fact]
    public async Task What_reads_a_broken_model_is_not_reported_as_well()
    {
        using var project = new ShopProject()
            .Write("models/broken.sql", "select nothing from {{ ref('orders') }}")
            .Write("models/child.sql", "select * from {{ ref('broken') }}");

        var result = await project.CompileAsync();

        result.Diagnostics.Count.ShouldBe(1);
        result.Node("child").State.ShouldBe(AnalysisState.Skipped);
    }

    [Fact]
    public async Task A_mistake_in_an_ephemeral_model_is_reported_once_and_there()
    {
        using var project = new ShopProject()
            .Write("models/short.sql", "{{ config(materialized='ephemeral') }}\nselect customr from {{ ref('orders') }}")
            .Write("models/child.sql", "select * from {{ ref('short') }}");

        (await project.DiagnoseAsync()).ShouldHaveSingleItem().ShouldStartWith("models/short.sql(2,8): error MDL5001: Column 'customr'");
    }

    [Fact]
    public async Task A_mistake_in_a_macro_names_the_macro_and_its_caller()
    {
        using var project = new ShopProject()
            .Write("macros/paid.sql", "{% macro paid(column) -%}\n  coalesc({{ column }}, 0)\n{%- endmacro %}")
            .Write("models/child.sql", "select\n  {{ paid('amount') }} as paid\nfrom {{ ref('orders') }}");

        var found = (await project.DiagnoseAsync()).ShouldHaveSingleItem();

        found.ShouldStartWith("macros/paid.sql(2,3): error MDL5003: Function 'coalesc(numeric, integer)' that model 'child' calls does not exist");
        found.ShouldContain("written by macro 'paid', called by model 'child' at ");
        found.ShouldContain("models/child.sql(2,");
    }

    [Fact]
    public async Task A_thousand_mistakes_are_all_reported()
    {
        using var project = new ShopProject();
        for (var i = 0; i < 1000; i++)
            project.Write($"models/broken_{i}.sql", $"select nothing_{i} from {{{{ ref('orders') }}}}");

        (await project.DiagnoseAsync()).Count.ShouldBe(1000);
    }
}
