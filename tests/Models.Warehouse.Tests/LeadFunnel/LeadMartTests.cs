namespace Models.Warehouse.Tests.LeadFunnel;

public sealed class LeadMartTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Every_mart_is_what_raw_says_after_one_load()
    {
        await using var warehouse = await CreateAsync();
        await warehouse.LoadAsync(FunnelCases.FirstLoad);

        await warehouse.BuildWellAsync();

        await EveryMartIsRight(warehouse);
    }

    [Fact]
    public async Task Every_mart_follows_loads_that_correct_repeat_and_revert()
    {
        await using var warehouse = await CreateAsync();
        foreach (var load in (string[])[FunnelCases.FirstLoad, FunnelCases.SecondLoad, FunnelCases.ThirdLoad])
        {
            await warehouse.LoadAsync(load);
            await warehouse.BuildWellAsync();
            await EveryMartIsRight(warehouse);
        }
    }

    [Fact]
    public async Task Loads_built_one_by_one_and_loads_built_together_give_the_same_marts()
    {
        await using var warehouse = await CreateAsync();
        foreach (var load in (string[])[FunnelCases.FirstLoad, FunnelCases.SecondLoad, FunnelCases.ThirdLoad])
            await warehouse.LoadAsync(load);

        await warehouse.BuildWellAsync();

        await EveryMartIsRight(warehouse);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Every_mart_is_what_raw_says_of_random_loads(int seed)
    {
        await using var warehouse = await CreateAsync();
        var funnel = new GeneratedFunnel(seed);
        for (var load = 0; load < 3; load++)
        {
            await warehouse.LoadAsync(funnel.NextLoad());
            await warehouse.BuildWellAsync();
            await EveryMartIsRight(warehouse);
        }
    }

    internal static async Task EveryMartIsRight(TestWarehouse warehouse)
    {
        var wrong = new List<string>();
        foreach (var mart in ExpectedMarts.Names)
        {
            var differences = await warehouse.DifferencesAsync(
                $"select * from {warehouse.Relation("data_mart", mart)}", ExpectedMarts.Query(mart));
            wrong.AddRange(differences.Select(difference => $"{mart}: {difference}"));
        }

        wrong.ShouldBeEmpty();
    }

    private async Task<TestWarehouse> CreateAsync()
    {
        var warehouse = await TestWarehouse.CreateAsync(postgres, "leads");
        await warehouse.CreateRawTablesAsync();
        return warehouse;
    }
}
