namespace Models.Warehouse.Tests.CarSales;

public sealed class CarSalesTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Every_gold_table_is_what_raw_says_after_each_load()
    {
        await using var warehouse = await TestWarehouse.CreateAsync(postgres, "cars");
        await warehouse.CreateRawTablesAsync();
        foreach (var load in (string[])[SalesCases.FirstLoad, SalesCases.SecondLoad, SalesCases.SecondLoad])
        {
            await warehouse.LoadAsync(load);
            await warehouse.BuildWellAsync();
            await EveryTableIsRight(warehouse);
        }
    }

    internal static async Task EveryTableIsRight(TestWarehouse warehouse)
    {
        var wrong = new List<string>();
        foreach (var table in ExpectedSales.Names)
        {
            var differences = await warehouse.DifferencesAsync(
                $"select * from {warehouse.Relation("cars_gold", table)}", ExpectedSales.Query(table));
            wrong.AddRange(differences.Select(difference => $"{table}: {difference}"));
        }

        wrong.ShouldBeEmpty();
    }
}
