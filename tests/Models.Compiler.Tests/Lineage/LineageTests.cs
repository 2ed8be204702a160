using Models.Analysis.Lineage;
using Models.Compiler.Tests.Analysis;

namespace Models.Compiler.Tests.Lineage;

public sealed class LineageTests
{
    /// <summary>The query; what its columns come from, as <c>column: node.column use, ...</c>; and its keys in the same form.</summary>
    public static TheoryData<string, string, string> Queries => new()
    {
        { "select order_id, customer as who from {{ ref('orders') }}", "order_id: orders.order_id straight | who: orders.customer straight", "" },
        { "select upper(customer) as u, 1 as one from {{ ref('orders') }}", "u: orders.customer transformed | one:", "" },
        {
            "with paid as (select customer, sum(amount) as paid from {{ ref('orders') }} where amount > 0 group by customer) select customer, paid from paid",
            "customer: orders.customer straight | paid: orders.amount transformed",
            "orders.amount filter, orders.customer group"
        },
        {
            "select o.order_id, c.city from {{ ref('orders') }} as o left join {{ source('raw', 'customers') }} as c on c.customer = o.customer",
            "order_id: orders.order_id straight | city: customers.city straight",
            "customers.customer join, orders.customer join"
        },
        {
            "select customer from {{ ref('orders') }} union all select upper(city) from {{ source('raw', 'customers') }}",
            "customer: customers.city transformed, orders.customer straight",
            ""
        },
        {
            "select order_id, row_number() over (partition by customer order by ordered_at) as n from {{ ref('orders') }}",
            "order_id: orders.order_id straight | n: orders.customer transformed, orders.ordered_at transformed",
            ""
        },
        {
            "select customer, (select max(o.amount) from {{ ref('orders') }} as o where o.customer = c.customer) as most from {{ source('raw', 'customers') " +
            "}} as c",
            "customer: customers.customer straight | most: orders.amount transformed",
            "customers.customer filter, orders.customer filter"
        },
        {
            "select coalesce(o.customer, c.customer) as customer from {{ ref('orders') }} as o full join {{ source('raw', 'customers') }} as c using " +
            "(customer)",
            "customer: customers.customer transformed, orders.customer transformed",
            "customers.customer join, orders.customer join"
        },
        {
            "with recursive chain as (select order_id from {{ ref('orders') }} union all select order_id + 1 from chain where order_id < 9) select order_id " +
            "from chain",
            "order_id: orders.order_id transformed",
            "orders.order_id filter"
        },
        { "select distinct city from {{ source('raw', 'customers') }}", "city: customers.city straight", "customers.city group" },
        { "select o.customer from {{ ref('orders') }} as o order by amount limit 3", "customer: orders.customer straight", "orders.amount filter" },
        { "select who, \"Odd Name\" from {{ ref('inlined') }}", "who: inlined.who straight | Odd Name: inlined.Odd Name straight", "" },
        { "select t.x from {{ ref('orders') }} as o cross join lateral (select o.amount * 2 as x) as t", "x: orders.amount transformed", "" },
        {
            "select customer, sum(amount) as paid from {{ ref('orders') }} group by rollup (customer) having count(order_id) > 1",
            "customer: orders.customer straight | paid: orders.amount transformed",
            "orders.customer group, orders.order_id filter"
        },
    };

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task Lineage_follows_each_column_to_its_sources(string sql, string columns, string keys)
    {
        using var project = new ShopProject()
            .Write("models/inlined.sql", "{{ config(materialized='ephemeral') }} select customer as who, amount as \"Odd Name\" from {{ ref('orders') }}")
            .Write("models/subject.sql", sql);

        var result = await project.CompileAsync();

        result.Diagnostics.ShouldBeEmpty();
        var lineage = result.Node("subject").Lineage;
        string.Join(" | ", lineage.Columns.Select(c => $"{c.Key}: {Show(c.Value)}".TrimEnd())).ShouldBe(columns);
        Show(lineage.Keys).ShouldBe(keys);
    }

    [Fact]
    public async Task The_columns_of_a_project_can_be_walked_both_ways()
    {
        using var project = new ShopProject()
            .Write("models/paid.sql", "select customer, sum(amount) as paid from {{ ref('orders') }} group by customer")
            .Write("models/best.sql", "select max(paid) as most from {{ ref('paid') }}");

        var result = await project.CompileAsync();
        var graph = new ColumnGraph(result.Nodes.Select(n => KeyValuePair.Create(n.Key, n.Value.Lineage)));

        graph.Upstream(new ColumnId("model.shop.best", "most")).Where(s => s.Use == ColumnUse.Transformed || s.Use == ColumnUse.Straight)
            .Select(s => s.Column.ToString())
            .ShouldBe(["model.shop.paid.paid", "model.shop.orders.amount", "source.shop.raw.orders.amount"]);
        graph.Downstream(new ColumnId("source.shop.raw.orders", "amount")).Select(s => s.Column.ToString())
            .ShouldBe(["model.shop.orders.amount", "model.shop.paid.paid", "model.shop.best.most"]);
    }

    private static string Show(IEnumerable<ColumnSource> sources) =>
        string.Join(", ", sources.Select(s => $"{s.Node.Split('.')[^1]}.{s.Column} {s.Use.ToString().ToLowerInvariant()}").Order(StringComparer.Ordinal));
}
