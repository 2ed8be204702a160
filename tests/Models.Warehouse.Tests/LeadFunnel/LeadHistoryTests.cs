namespace Models.Warehouse.Tests.LeadFunnel;

/// <summary>The data lake: what it keeps, and what it refuses.</summary>
public sealed class LeadHistoryTests(PostgresFixture postgres)
{
    private const string Load = "insert into raw.clv_dataset (contract_length, avg_clv) values ";

    [Fact]
    public async Task A_row_is_kept_once_with_its_first_and_its_newest_load()
    {
        await using var warehouse = await CreateAsync();
        foreach (var value in (int[])[100, 200, 100])
        {
            await warehouse.LoadAsync($"{Load} (12, {value}), (12, {value})");
            await BuildHistoryAsync(warehouse);
        }

        var history = await warehouse.RowsAsync(
            $"""
            select (avg_clv, loads.first = first_loaded_at, loads.last = loaded_at)::text
            from {warehouse.Relation("data_lake", "dl_clv")} as history
            join (
                select avg_clv, min(meta_processing_time) as first, max(meta_processing_time) as last
                from raw.clv_dataset group by avg_clv
            ) as loads using (avg_clv)
            order by loaded_at
            """);
        history.ShouldBe(["(200,t,t)", "(100,t,t)"]);
    }

    [Fact]
    public async Task What_the_source_no_longer_holds_stays()
    {
        await using var warehouse = await CreateAsync();
        await warehouse.LoadAsync($"{Load} (12, 100), (6, 50)");
        await BuildHistoryAsync(warehouse);

        await warehouse.ExecuteAsync("delete from raw.clv_dataset");
        await BuildHistoryAsync(warehouse);

        (await CountAsync(warehouse)).ShouldBe("2");
    }

    [Fact]
    public async Task A_load_that_ends_after_a_later_one_is_still_found()
    {
        await using var warehouse = await CreateAsync();
        await warehouse.LoadAsync($"{Load} (12, 100)");
        await BuildHistoryAsync(warehouse);

        await warehouse.LoadAsync("insert into raw.clv_dataset (contract_length, avg_clv, meta_processing_time) values (6, 50, now() - interval '5 minutes')");
        await BuildHistoryAsync(warehouse);

        (await CountAsync(warehouse)).ShouldBe("2");
    }

    [Fact]
    public async Task A_full_refresh_keeps_what_the_source_no_longer_holds()
    {
        await using var warehouse = await CreateAsync();
        await warehouse.LoadAsync($"{Load} (12, 100)");
        await BuildHistoryAsync(warehouse);
        await warehouse.ExecuteAsync("delete from raw.clv_dataset");
        await warehouse.LoadAsync($"{Load} (6, 50)");

        (await warehouse.BuildAsync("dl_clv", fullRefresh: true)).Success.ShouldBeTrue();

        (await CountAsync(warehouse)).ShouldBe("2");
    }

    [Fact]
    public async Task The_first_build_may_be_a_full_refresh()
    {
        await using var warehouse = await CreateAsync();
        await warehouse.LoadAsync($"{Load} (12, 100)");

        (await warehouse.BuildAsync("dl_clv", fullRefresh: true)).Success.ShouldBeTrue();
    }

    private async Task<TestWarehouse> CreateAsync()
    {
        var warehouse = await TestWarehouse.CreateAsync(postgres, "leads");
        await warehouse.CreateRawTablesAsync();
        return warehouse;
    }

    private static async Task BuildHistoryAsync(TestWarehouse warehouse) =>
        (await warehouse.BuildAsync("dl_clv")).Success.ShouldBeTrue();

    private static async Task<string> CountAsync(TestWarehouse warehouse) =>
        (await warehouse.RowsAsync($"select count(*) from {warehouse.Relation("data_lake", "dl_clv")}")).Single();
}
