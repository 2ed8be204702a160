using Models.Engine;

namespace Models.Warehouse.Tests.LeadFunnel;

/// <summary>What the score is learnt from, against raw.</summary>
public sealed class LeadFeaturesTests(PostgresFixture postgres)
{
    /// <summary>By grouping, where the models pick rows.</summary>
    private const string Expected =
        """
        with lead_rows as (
            select *, max(meta_processing_time) over (partition by contact_id) as newest from raw.lead_dataset
        ), call_rows as (
            select *, max(meta_processing_time) over (partition by contact_id) as newest from raw.call_dataset
        ), leads as (
            select contact_id, min(create_date) as created_at,
                coalesce((array_agg(marketing_source order by create_date))[1], 'Unknown') as marketing_source,
                (array_agg(known_city order by create_date))[1] as known_city,
                (array_agg(message_length order by create_date))[1] as message_length,
                max(meta_processing_time) as loaded_at
            from lead_rows where meta_processing_time = newest group by contact_id
            having (array_agg(coalesce(test_flag, false) order by create_date))[1] = false
        ), calls as (
            select contact_id, max(call_attempts) as attempts, max(total_call_duration) as seconds, max(calls_30) as long_calls,
                max(meta_processing_time) as loaded_at
            from call_rows where meta_processing_time = newest group by contact_id
        ), customer_rows as (
            select *, max(meta_processing_time) over (partition by contact_id) as newest from raw.customer_dataset
        ), customers as (
            select contact_id, min(customer_date) as customer_date from customer_rows where meta_processing_time = newest group by contact_id
        )
        select contact_id, created_at, marketing_source, known_city, message_length, attempts, seconds, long_calls,
            case when attempts > 0 then seconds / attempts end,
            case when attempts > 0 then long_calls / attempts::double precision end,
            customers.contact_id is not null, customers.customer_date::date,
            greatest(leads.loaded_at, calls.loaded_at)
        from leads left join calls using (contact_id) left join customers using (contact_id)
        """;

    [Fact]
    public async Task Features_are_what_raw_says_after_every_load()
    {
        await using var warehouse = await TestWarehouse.CreateAsync(postgres, "leads");
        await warehouse.CreateRawTablesAsync();
        foreach (var load in (string[])[FunnelCases.FirstLoad, FunnelCases.SecondLoad, FunnelCases.ThirdLoad])
        {
            await warehouse.LoadAsync(load);
            await BuildAsync(warehouse);

            (await warehouse.DifferencesAsync($"select * from {warehouse.Relation("features", "lead_features")}", Expected)).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task A_lead_without_calls_has_no_call_features_and_one_without_attempts_no_means()
    {
        await using var warehouse = await TestWarehouse.CreateAsync(postgres, "leads");
        await warehouse.CreateRawTablesAsync();
        await warehouse.LoadAsync(FunnelCases.FirstLoad);
        await BuildAsync(warehouse);

        var rows = await warehouse.RowsAsync(
            $"""
            select (contact_id, call_attempts, total_call_seconds, mean_call_seconds, calls_over_30min_share, is_customer)::text
            from {warehouse.Relation("features", "lead_features")} where contact_id in (1, 2, 4, 5) order by contact_id
            """);

        // 4 is a test lead
        rows.ShouldBe(["(1,12,7200.5,600.0416666666666,0.3333333333333333,t)", "(2,0,0,,,t)", "(5,,,,,f)"]);
    }

    private static async Task BuildAsync(TestWarehouse warehouse)
    {
        var summary = await warehouse.BuildAsync("+lead_features");
        summary.Results.Where(result => result.Status is NodeStatus.Error or NodeStatus.Fail)
            .Select(result => $"{result.Node.Name}: {result.Message}").ShouldBeEmpty();
    }
}
