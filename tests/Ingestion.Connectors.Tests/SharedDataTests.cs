using System.Globalization;
using Ingestion.Connectors.Sources;
using Ingestion.Loading;
using Models.Contracts;
using Models.Diagnostics;

namespace Ingestion.Connectors.Tests;

/// <summary>The real files, where they lie beside the repository.</summary>
public sealed class SharedDataTests(PostgresFixture postgres)
{
    private static readonly string Data = Path.GetFullPath(Path.Combine(TestPaths.Repository, "..", "shared", "data"));

    [Fact]
    public async Task The_lead_files_are_loaded_whole()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);

        await LoadAsync(stage, "leads");

        (await stage.QueryAsync("select table_name, row_count from ingestion.batches order by table_name")).ShouldBe(
        [
            "call_dataset|53323", "clv_dataset|7", "customer_dataset|10647", "lead_dataset|55158", "marketing_costs_dataset|15", "sales_cost_dataset|4",
        ]);
        (await stage.QueryAsync("select count(*) from ingestion.quarantine")).ShouldBe(["0"]);
        (await stage.QueryAsync("select avg_clv from raw.clv_dataset where contract_length = 18")).ShouldBe(["1058.11"]);
        (await stage.QueryAsync("select marketing_source, known_city, message_length, test_flag from raw.lead_dataset where contact_id = 448214219"))
            .ShouldBe(["Google|False|64|null"]);
        (await stage.QueryAsync("select min(date)::text, sum(marketing_costs) from raw.marketing_costs_dataset"))
            .ShouldBe([$"2022-11-01|{Sum("leads/marketing_costs_dataset.csv", row => decimal.Parse(row[2], CultureInfo.InvariantCulture))}"]);
    }

    [Fact]
    public async Task The_car_files_are_loaded_whole()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.ConnectionStrings["products"] = await postgres.Server.CreateDatabaseAsync(default);

        await LoadAsync(stage, "cars");

        (await stage.QueryAsync("select table_name, row_count from ingestion.batches order by table_name"))
            .ShouldBe(["cars|10", "clients|20", "transactions|4000"]);
        (await stage.QueryAsync("select count(*) from ingestion.quarantine")).ShouldBe(["0"]);
        // the rows begin with an index that the header leaves out
        (await stage.QueryAsync("select sum(price * quantity) from raw.transactions"))
            .ShouldBe([$"{Sum("cars/transactions.csv", row => int.Parse(row[4], CultureInfo.InvariantCulture) * decimal.Parse(row[5], CultureInfo.InvariantCulture))}"]);
    }

    private static async Task LoadAsync(LoadingStage stage, string project)
    {
        Assert.SkipUnless(Directory.Exists(Path.Combine(Data, project)), $"There is no folder {Path.Combine(Data, project)}");
        var loader = new TableLoader(stage.Database, TimeProvider.System);
        var location = new SourceLocation(Data) { ConnectionStrings = stage.ConnectionStrings };
        foreach (var contract in ContractReader.ReadAll(Path.Combine(TestPaths.Repository, "Models", "Warehouse", project), new DiagnosticBag()))
            await loader.LoadAsync(contract, location, progress: null, default);
    }

    private static string Sum(string file, Func<string[], decimal> value) => File.ReadLines(Path.Combine(Data, file)).Skip(1)
        .Where(line => line.Length > 0)
        .Sum(line => value(line.Split(',')))
        .ToString(CultureInfo.InvariantCulture);
}
