using Models.Engine;
using Models.Project.Graph;

namespace Models.Warehouse.Tests.Growth;

public sealed class GrowthTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Every_mart_is_what_raw_says_after_each_load_and_the_history_of_users_is_kept()
    {
        await using var warehouse = await CreateAsync();
        foreach (var load in (string[])[GrowthCases.FirstLoad, GrowthCases.SecondLoad, GrowthCases.SecondLoad])
        {
            await warehouse.LoadAsync(load);
            await warehouse.BuildWellAsync(exclude: "tag:advisory");
            await EveryMartIsRight(warehouse);
        }

        (await warehouse.RowsAsync(
            $"select concat_ws(' ', stage, last_channel) from {warehouse.Relation("growth_history", "snap_user")} where user_id = 'visitor' order by dbt_valid_from"))
            .ShouldBe(["visitor Direct", "registered Others"]);
        (await warehouse.RowsAsync($"select count(*) from {warehouse.Relation("growth_staging", "all_sessions")} where user_id = 'visitor'")).ShouldBe(["2"]);
    }

    [Fact]
    public async Task Every_mart_is_what_raw_says_of_the_sample()
    {
        await using var warehouse = await CreateAsync();
        await warehouse.LoadAsync(
            $"""
            set local leadline.sample_size = '1000';
            insert into raw.sessions (userid, time_started, is_paid, medium) {warehouse.SampleQuery("sessions")};
            insert into raw.conversions (userid, registration_time) {warehouse.SampleQuery("conversions")}
            """);

        await warehouse.BuildWellAsync();

        await EveryMartIsRight(warehouse);
        (await warehouse.RowsAsync($"select channel from {warehouse.Relation("growth_mart", "dm_channel_conversion")} where registrations > 0 order by channel"))
            .ShouldBe(["Direct", "Organic search", "Others", "Paid click", "Paid impression"]);
    }

    [Theory]
    [InlineData("insert into raw.sessions (userid, time_started, is_paid, medium) values (' ', '2024-01-01', true, 'EMAIL')", "not_blank")]
    [InlineData("insert into raw.conversions (userid, registration_time) values ('a', now() + interval '3 days')", "not_in_the_future")]
    [InlineData("alter table raw.sessions alter time_started type date", "has_columns")]
    public async Task A_raw_table_that_is_not_what_it_should_be_fails_a_critical_check(string change, string check)
    {
        await using var warehouse = await CreateAsync();
        await warehouse.LoadAsync(GrowthCases.FirstLoad);
        await warehouse.LoadAsync(change);

        var summary = await warehouse.TestAsync("tag:critical");

        summary.Results.Count.ShouldBe(13);
        summary.Results.Where(r => r.Status == NodeStatus.Fail).ShouldHaveSingleItem().Node.Name.ShouldContain(check);
    }

    [Fact]
    public async Task Duplicated_sessions_and_registrations_without_a_session_are_told_and_stop_nothing()
    {
        await using var warehouse = await CreateAsync();
        await warehouse.LoadAsync(GrowthCases.FirstLoad);

        var summary = await warehouse.BuildAsync();

        Status("sessions_that_one_file_holds_twice").ShouldBe(NodeStatus.Warn);
        Status("registrations_without_any_session").ShouldBe(NodeStatus.Warn);
        Status("few_registrations_are_without_a_session").ShouldBe(NodeStatus.Fail);
        // an exposure below a failed test is no relation: skipping it builds nothing less
        summary.Results.Where(r => r.Status == NodeStatus.Skipped).Select(r => r.Node.ResourceType).Distinct().ShouldBe([ResourceType.Exposure]);

        NodeStatus Status(string name) => summary.Results.Single(r => r.Node.Name == name).Status;
    }

    private static async Task EveryMartIsRight(TestWarehouse warehouse)
    {
        var wrong = new List<string>();
        foreach (var mart in ExpectedGrowth.Names)
        {
            var differences = await warehouse.DifferencesAsync($"select * from {warehouse.Relation("growth_mart", mart)}", ExpectedGrowth.Query(mart));
            wrong.AddRange(differences.Select(difference => $"{mart}: {difference}"));
        }

        wrong.ShouldBeEmpty();
    }

    private async Task<TestWarehouse> CreateAsync()
    {
        var warehouse = await TestWarehouse.CreateAsync(postgres, "growth");
        await warehouse.CreateRawTablesAsync();
        return warehouse;
    }
}
