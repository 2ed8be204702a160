using Ingestion.Connectors.Sources;
using Models.Engine;

namespace Models.Warehouse.Tests.Ecommerce;

public sealed class MarketplaceTests(PostgresFixture postgres) : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("leadline-market-");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task Every_fact_is_what_raw_says_of_the_sample_that_goes_through_the_operational_database()
    {
        await using var warehouse = await TestWarehouse.CreateAsync(postgres, "ecommerce");
        await warehouse.WriteSampleAsync(_data.FullName, size: 300);
        var marketplace = await postgres.Server.CreateDatabaseAsync(default);
        await warehouse.IngestThroughLakeAsync(new SourceLocation(_data.FullName)
        {
            ConnectionStrings = new Dictionary<string, string>(StringComparer.Ordinal) { ["marketplace"] = marketplace },
            LakeDirectory = Path.Combine(_data.FullName, "lake"),
        });
        // a row more in one load than in the one before: tables that others refer to are replaced
        foreach (var change in (string[])["select 1", "update raw.market_products set product_category_name = null where product_id = (select min(product_id) from raw.market_products)"])
        {
            await warehouse.ExecuteAsync(change);
            await warehouse.BuildWellAsync();
            await EveryFactIsRight(warehouse);
        }

        (await warehouse.RowsAsync(
            """
            select concat(contype, ' ', count(*)) from pg_constraint
            where connamespace = 'check_ecommerce_normalized'::regnamespace and contype in ('p', 'f') group by contype order by contype
            """)).ShouldBe(["f 9", "p 9"]);
    }

    [Theory]
    [InlineData("insert into raw.market_order_items (order_id, order_item_id, product_id, seller_id, price, freight_value) values ('o', 2, 'no such', 's', 1, 1)", "order_items")]
    [InlineData("insert into raw.market_orders (order_id, customer_id, order_status, order_purchase_timestamp) values ('o2', 'c', 'created', '2018-01-01')", "orders")]
    [InlineData("insert into raw.market_order_reviews (review_id, order_id, review_score) values ('r', 'o', 6)", "order_reviews")]
    public async Task A_row_that_breaks_a_key_or_a_check_is_refused_by_the_table(string change, string table)
    {
        await using var warehouse = await TestWarehouse.CreateAsync(postgres, "ecommerce");
        await warehouse.CreateRawTablesAsync();
        await warehouse.LoadAsync(
            """
            insert into raw.market_customers (customer_id, customer_unique_id) values ('c', 'person');
            insert into raw.market_products (product_id) values ('p');
            insert into raw.market_sellers (seller_id) values ('s');
            insert into raw.market_orders (order_id, customer_id, order_status, order_purchase_timestamp) values ('o', 'c', 'created', '2018-01-01');
            insert into raw.market_order_items (order_id, order_item_id, product_id, seller_id, price, freight_value) values ('o', 1, 'p', 's', 1, 1)
            """);
        await warehouse.BuildWellAsync();
        await warehouse.LoadAsync(change);

        var summary = await warehouse.BuildAsync();

        summary.Results.Where(r => r.Status == NodeStatus.Error).ShouldHaveSingleItem().Node.Name.ShouldBe(table);
        (await warehouse.RowsAsync($"select count(*) from {warehouse.Relation("ecommerce_normalized", table)}")).ShouldBe([table == "order_reviews" ? "0" : "1"]);
    }

    private static async Task EveryFactIsRight(TestWarehouse warehouse)
    {
        var wrong = new List<string>();
        foreach (var (fact, query) in ExpectedMarketplace.Queries)
        {
            var differences = await warehouse.DifferencesAsync($"select * from {warehouse.Relation("ecommerce_mart", fact)}", query);
            wrong.AddRange(differences.Select(difference => $"{fact}: {difference}"));
        }

        wrong.ShouldBeEmpty();
    }
}
