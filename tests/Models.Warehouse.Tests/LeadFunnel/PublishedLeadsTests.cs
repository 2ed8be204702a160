using Ingestion.Connectors.Sources;

namespace Models.Warehouse.Tests.LeadFunnel;

/// <summary>The published lead files, loaded through ingestion; skipped where they are not beside the repository.</summary>
public sealed class PublishedLeadsTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Every_mart_is_what_the_published_files_say_and_its_first_row_answers_its_question()
    {
        Assert.SkipUnless(Repository.SharedData is not null, "There is no ../shared/data beside the repository.");

        await using var warehouse = await TestWarehouse.CreateAsync(postgres, "leads");
        await warehouse.IngestAsync(new SourceLocation(Repository.SharedData!));
        await warehouse.BuildWellAsync();

        await LeadMartTests.EveryMartIsRight(warehouse);
        (await FirstAsync("dm_cac_per_source", "marketing_source, cac, customers")).ShouldBe("(Other,173.78,1232)");
        (await FirstAsync("dm_cac_per_period", "period, cac, customers")).ShouldBe("(2023-02-01,443.71,3054)");
        (await FirstAsync("dm_ser_per_source", "marketing_source, ser")).ShouldBe("(Other,5.4951)");
        (await FirstAsync("dm_ser_per_period", "period, ser")).ShouldBe("(2023-02-01,2.1809)");
        (await FirstAsync("dm_lead_conversion_per_source", "marketing_source, conversion_rate")).ShouldBe("(Google,0.2269)");
        (await FirstAsync("dm_lead_conversion_per_period", "period, conversion_rate")).ShouldBe("(2023-01-01,0.2545)");

        async Task<string> FirstAsync(string mart, string columns) =>
            (await warehouse.RowsAsync($"select ({columns})::text from {warehouse.Relation("data_mart", mart)} limit 1")).Single();
    }
}
