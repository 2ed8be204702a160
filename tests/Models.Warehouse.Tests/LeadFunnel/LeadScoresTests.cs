namespace Models.Warehouse.Tests.LeadFunnel;

/// <summary>Whom to call first, against the table that the score's programs write.</summary>
public sealed class LeadScoresTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Whom_to_call_is_empty_before_the_first_score_and_then_follows_the_scores_without_another_build()
    {
        await using var warehouse = await TestWarehouse.CreateAsync(postgres, "leads");
        await warehouse.CreateRawTablesAsync();
        await warehouse.LoadAsync(FunnelCases.FirstLoad);
        await warehouse.BuildWellAsync();
        var mart = warehouse.Relation("data_mart", "dm_lead_scores");
        (await warehouse.RowsAsync($"select 1 from {mart}")).ShouldBeEmpty("there is no table of scores yet");

        var features = warehouse.Relation("features", "lead_features");
        await warehouse.ExecuteAsync(ScoreQualityTests.Tables +
            $"""
            insert into serving.scores
            select target, prediction, contact_id, 3, (contact_id % 7) / 7.0, 'low', now()
            from {features}, unnest(array['check', 'prod']) as target, unnest(array['lead_conversion', 'another']) as prediction
            """);
        await warehouse.BuildWellAsync();
        await IsRightAsync();

        await warehouse.ExecuteAsync("update serving.scores set probability = 0.5, model_version = 4 where entity = '5' and target = 'check'");
        await IsRightAsync();

        async Task IsRightAsync()
        {
            // the rank as a count of those that come before, where the mart numbers rows
            (await warehouse.DifferencesAsync(
                $"select call_rank, contact_id, score, model_version from {mart}",
                $"""
                with undecided as (
                    select contact_id, created_at, probability, model_version from serving.scores join {features} on contact_id::text = entity
                    where target = 'check' and prediction = 'lead_conversion' and not is_customer
                )
                select (
                    select count(*) from undecided as other
                    where (other.probability, other.created_at, -other.contact_id) >= (one.probability, one.created_at, -one.contact_id)
                )::integer, contact_id, probability, model_version
                from undecided as one
                """)).ShouldBeEmpty();
            (await warehouse.RowsAsync($"select 1 from {mart}")).ShouldNotBeEmpty();
        }
    }
}
