using Models.Warehouse.Tests.CarSales;
using Models.Warehouse.Tests.LeadFunnel;
using Npgsql;

namespace Models.Warehouse.Tests;

/// <summary>The C# that the build writes for the models reads what a run of the models has built.</summary>
public sealed class GeneratedRowsTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_leads_mart_is_read_as_rows()
    {
        await using var warehouse = await TestWarehouse.CreateAsync(postgres, "leads");
        await warehouse.CreateRawTablesAsync();
        await warehouse.LoadAsync(FunnelCases.FirstLoad);
        await warehouse.BuildWellAsync();

        await using var source = NpgsqlDataSource.Create(warehouse.ConnectionString);
        var rows = new List<Leads.DmCacPerSource>();
        await foreach (var row in Leads.DmCacPerSource.ReadAsync(source, TestContext.Current.CancellationToken))
            rows.Add(row);

        rows.Select(row => row.MarketingSource).Order(StringComparer.Ordinal).ShouldBe(["Google", "Meta", "Other", "Print", "Unknown"]);
        var print = rows.Single(row => row.MarketingSource == "Print");
        print.ShouldBe(new Leads.DmCacPerSource { MarketingSource = "Print", Customers = 0, MarketingCosts = 75 });
    }

    [Fact]
    public async Task A_gold_table_of_the_cars_is_read_as_rows()
    {
        await using var warehouse = await TestWarehouse.CreateAsync(postgres, "cars");
        await warehouse.CreateRawTablesAsync();
        await warehouse.LoadAsync(SalesCases.FirstLoad);
        await warehouse.BuildWellAsync();

        await using var source = NpgsqlDataSource.Create(warehouse.ConnectionString);
        var rows = new List<Cars.FctTransactionsMonth>();
        await foreach (var row in Cars.FctTransactionsMonth.ReadAsync(source, TestContext.Current.CancellationToken))
            rows.Add(row);

        // twelve months, three clients, two models
        rows.Count.ShouldBe(12 * 3 * 2);
        var february = rows.Single(row => row is { ClientId: 1, Model: "Focus", Month: { Year: 2024, Month: 2 } });
        february.Transactions.ShouldBe(2);
        february.Turnover.ShouldBe(2 * 18500.25m + 20500);
        february.TransactionsLastMonth.ShouldBeNull();
    }
}
