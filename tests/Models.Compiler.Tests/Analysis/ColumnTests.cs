namespace Models.Compiler.Tests.Analysis;

public sealed class ColumnTests
{
    [Fact]
    public async Task Columns_have_the_types_that_PostgreSQL_gives_them()
    {
        using var project = new ShopProject().Write(
            "models/typed.sql",
            "select order_id, amount, sum(amount) over () as total, count(*) over () as n, array_agg(customer) over () as names, now() as at, null as " +
            "nothing from {{ ref('orders') }}");

        (await project.CompileAsync()).ColumnsOf("typed").ShouldBe(
        [
            "order_id integer", "amount numeric(10,2)", "total numeric", "n bigint", "names text[]", "at timestamp with time zone", "nothing text",
        ]);
    }

    [Theory]
    [InlineData("day", "integer")]
    [InlineData("hour", "double precision")]
    [InlineData("second", "double precision")]
    [InlineData("microsecond", "double precision")]
    public async Task A_difference_of_two_moments_has_the_type_it_has_in_dbt(string part, string type)
    {
        using var project = new ShopProject().Write(
            "models/waited.sql", $"select {{{{ dbt.datediff('ordered_at', 'now()', '{part}') }}}} as waited from {{{{ source('raw', 'orders') }}}}");

        (await project.CompileAsync()).ColumnsOf("waited").ShouldBe([$"waited {type}"]);
    }

    [Fact]
    public async Task A_seed_has_guessed_and_configured_types()
    {
        using var project = new ShopProject()
            .Write("seeds/cities.csv", "city,people,share,founded,big,code\n\"Köln, am Rhein\",1073096,0.5,2020-01-31,true,01\nBonn,,1e3,,false,null\n")
            .Write("seeds/seeds.yml", "seeds:\n  - name: cities\n    config:\n      column_types: {code: varchar(4)}\n")
            .Write("models/city_codes.sql", "select city, code from {{ ref('cities') }}");

        var result = await project.CompileAsync();

        result.ColumnsOf("cities").ShouldBe(
            ["city text", "people integer", "share double precision", "founded date", "big boolean", "code character varying(4)"]);
        result.ColumnsOf("city_codes").ShouldBe(["city text", "code character varying(4)"]);
    }

    [Fact]
    public async Task A_snapshot_has_the_columns_that_dbt_adds()
    {
        using var project = new ShopProject()
            .Write(
                "snapshots/order_history.sql",
                "{% snapshot order_history %}\n{{ config(target_schema='history', unique_key='order_id', strategy='timestamp', updated_at='ordered_at') " +
                "}}\nselect order_id, ordered_at from {{ source('raw', 'orders') }}\n{% endsnapshot %}")
            .Write("models/current_orders.sql", "select order_id, dbt_valid_from from {{ ref('order_history') }} where dbt_valid_to is null");

        (await project.CompileAsync()).ColumnsOf("order_history").ShouldBe(
        [
            "order_id integer", "ordered_at timestamp with time zone", "dbt_scd_id text", "dbt_updated_at timestamp with time zone",
            "dbt_valid_from timestamp with time zone", "dbt_valid_to timestamp with time zone",
        ]);
    }

    [Fact]
    public async Task Both_forms_of_an_incremental_model_are_analysed()
    {
        using var project = new ShopProject().Write(
            "models/grown.sql",
            """
            {{ config(materialized='incremental', unique_key='order_id') }}
            select order_id, amount {% if not is_incremental() %}, customer{% endif %}
            from {{ ref('orders') }}
            {% if is_incremental() %} where ordered_at > (select max(orderd_at) from {{ this }}) {% endif %}
            """);

        (await project.DiagnoseAsync()).ShouldHaveSingleItem().ShouldStartWith("models/grown.sql(4,58): error MDL5001: Column 'orderd_at'");

        project.Write("models/grown.sql", File.ReadAllText(project.PathOf("models/grown.sql"))
            .Replace("max(orderd_at)", "max(amount)", StringComparison.Ordinal).Replace("ordered_at >", "amount >", StringComparison.Ordinal));
        (await project.DiagnoseAsync())
            .ShouldHaveSingleItem().ShouldContain("error MDL5009: Model 'grown' has other columns when it runs incrementally: 'customer' is missing");
    }

    [Fact]
    public async Task A_contract_promises_names_and_types()
    {
        using var project = new ShopProject()
            .Write("models/promised.sql", "select order_id, customer, amount from {{ ref('orders') }}")
            .Write(
                "models/promised.yml",
                """
                models:
                  - name: promised
                    config: {contract: {enforced: true}}
                    columns:
                      - {name: order_id, data_type: bigint}
                      - {name: custmer, data_type: text}
                      - {name: amount, data_type: "numeric(4,1)"}
                """);

        var found = await project.DiagnoseAsync();

        found.ShouldContain(
            d => d.StartsWith(
                "models/promised.yml(6,16): error MDL6001: The contract of model 'promised' promises column 'custmer', which it does not produce; did you " +
                "mean 'customer'?", StringComparison.Ordinal));
        found.ShouldContain(d => d.Contains("MDL6002: Column 'customer' of model 'promised' is not in its contract", StringComparison.Ordinal));
        found.ShouldContain(
            d => d.StartsWith(
                "models/promised.yml(5,16): error MDL6003: The contract of model 'promised' promises column 'order_id' as bigint, but it is " +
                "integer", StringComparison.Ordinal));
        found.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_template_that_asks_the_database_sees_the_relations_it_reads()
    {
        using var project = new ShopProject().Write(
            "models/starred.sql",
            "select {% for c in adapter.get_columns_in_relation(ref('orders')) %}{{ c.name }} as the_{{ c.name }}{{ ', ' if not loop.last }}{% endfor %} " +
            "from {{ ref('orders') }}");

        (await project.CompileAsync()).ColumnsOf("starred").ShouldBe(
            ["the_order_id integer", "the_customer text", "the_amount numeric(10,2)", "the_ordered_at timestamp with time zone"]);
    }

    [Fact]
    public async Task A_source_without_types_is_said_once_and_what_reads_it_is_left_alone()
    {
        using var project = new ShopProject()
            .Write("models/more.yml", "sources:\n  - name: web\n    tables:\n      - name: visits\n")
            .Write("models/visited.sql", "select anything from {{ source('web', 'visits') }}");

        (await project.DiagnoseAsync()).ShouldHaveSingleItem().ShouldContain("warning MDL1017");
    }

    [Fact]
    public async Task A_source_with_some_types_is_not_known_well_enough()
    {
        using var project = new ShopProject()
            .Write("models/more.yml",
                "sources:\n  - name: web\n    tables:\n      - name: visits\n        columns: [{name: id, data_type: int}, {name: page}]\n")
            .Write("models/visited.sql", "select anything from {{ source('web', 'visits') }}");

        (await project.DiagnoseAsync()).ShouldHaveSingleItem().ShouldContain(
            "warning MDL5013: The readers of source 'web.visits' are not type-checked, because the types of some columns are unknown");
    }
}
