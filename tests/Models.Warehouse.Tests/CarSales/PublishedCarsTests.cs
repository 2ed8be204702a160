using Ingestion.Connectors.Sources;

namespace Models.Warehouse.Tests.CarSales;

/// <summary>The published car files, loaded through ingestion; skipped where they are not beside the repository.</summary>
public sealed class PublishedCarsTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Every_gold_table_is_what_the_published_files_say()
    {
        Assert.SkipUnless(Repository.SharedData is not null, "There is no ../shared/data beside the repository.");

        await using var warehouse = await TestWarehouse.CreateAsync(postgres, "cars");
        await warehouse.IngestAsync(new SourceLocation(Repository.SharedData!)
        {
            ConnectionStrings = new Dictionary<string, string>(StringComparer.Ordinal) { ["products"] = warehouse.ConnectionString },
        });
        await warehouse.BuildWellAsync();

        await CarSalesTests.EveryTableIsRight(warehouse);
        var gold = warehouse.Relation("cars_gold", "");
        (await FirstAsync($"select sum(turnover) from {gold}fct_transactions")).ShouldBe("116612727.38");
        (await FirstAsync($"select (month, sum(turnover))::text from {gold}fct_transactions_month group by month order by sum(turnover) desc nulls last"))
            .ShouldBe("(2023-01-01,6686406.28)");
        (await FirstAsync(
            $"select (client_name, sum(turnover))::text from {gold}fct_transactions join {gold}dim_clients using (client_id) group by client_name order by " +
            $"sum(turnover) desc"))
            .ShouldBe("(Quinn,6496892.72)");

        async Task<string> FirstAsync(string query) => (await warehouse.RowsAsync(query))[0];
    }
}
