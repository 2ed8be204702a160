using Ingestion.Connectors.Sampling;
using Models.Contracts;
using Models.Diagnostics;

namespace Ingestion.Connectors.Tests.Sampling;

public sealed class CarSampleTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_sample_is_what_the_contracts_promise()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.ConnectionStrings["products"] = await postgres.Server.CreateDatabaseAsync(default);
        CarSample.Write(stage.Folder);

        foreach (var contract in ContractReader.ReadAll(Path.Combine(TestPaths.Repository, "Models", "Warehouse", "cars"), new DiagnosticBag()))
            (await stage.LoadAsync(contract)).Quarantined.ShouldBe(0, contract.Name);

        (await stage.QueryAsync("select (select count(*) from raw.cars), (select count(*) from raw.clients), (select count(*) from raw.transactions)"))
            .ShouldBe(["10|20|4000"]);
        (await stage.QueryAsync("select count(*) from raw.transactions join raw.cars on car_id = product_id join raw.clients using (client_id)"))
            .ShouldBe(["4000"]);
    }
}
