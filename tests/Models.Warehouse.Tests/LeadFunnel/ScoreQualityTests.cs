namespace Models.Warehouse.Tests.LeadFunnel;

/// <summary>What the marts say of the given scores, against queries that count by hand.</summary>
public sealed class ScoreQualityTests(PostgresFixture postgres)
{
    /// <summary>2000 leads over 67 days; a quarter become customers, some of them after the window.</summary>
    private const string Leads =
        """
        insert into raw.lead_dataset (contact_id, marketing_source, create_date, known_city, message_length)
        select lead, (array['Google', 'Meta', 'Fax', null])[1 + lead % 4], timestamp '2023-01-01' + lead * interval '48 minutes', lead % 3 = 0, nullif(lead % 90, 0)
        from generate_series(1, 2000) as lead;
        insert into raw.customer_dataset (contact_id, customer_date)
        select lead, date '2023-01-01' + lead / 30 + lead % 40 from generate_series(1, 2000) as lead where lead * 37 % 100 < 25
        """;

    /// <summary>What the score's programs create.</summary>
    internal const string Tables =
        """
        create schema serving;
        create table serving.scores (
            target text, prediction text, entity text, model_version integer, probability double precision, band text, scored_at timestamptz);
        create table serving.predictions (
            scored_at timestamptz, entity text, model_version integer, probability double precision, prediction text);
        create table serving.models (version integer, name text, target text, status text, metrics jsonb, features jsonb);

        """;

    /// <summary>Two models scored every lead twice, at any age of up to 30 days; many scores are equal.</summary>
    private const string Given = Tables +
        """
        insert into serving.models
        select version, 'lead_conversion', target, status, jsonb_build_object('auc', 0.8, 'log_loss', 0.4, 'calibration', (
                select jsonb_agg(jsonb_build_object('count', 10, 'mean_score', tenth / 10.0, 'observed_rate', 0.2) order by tenth)
                from generate_series(0, 9) as tenth)),
            '[{"name": "message_length", "type": "integer", "missing": 0.1, "edges": [10, 40, 80], "shares": [0.2, 0.3, 0.2, 0.2], "levels": {}},
              {"name": "marketing_source", "type": "text", "missing": 0, "edges": [], "shares": [], "levels": {"Google": 0.5, "Meta": 0.3}}]'
        from (values (1, 'check', 'archived'), (2, 'check', 'champion'), (3, 'prod', 'champion')) as models (version, target, status);
        insert into serving.predictions
        select (timestamp '2023-01-01' + lead * interval '48 minutes' + (lead % 30 + again * 3) * interval '1 day') at time zone 'UTC', lead, version,
            ((lead * (31 + 2 * version) + again * 11) % 50 + 1) / 52.0, 'lead_conversion'
        from generate_series(1, 2000) as lead, generate_series(1, 3) as version, generate_series(0, 1) as again
        """;

    /// <summary>The first score of each lead that was given while it was open, with its outcome.</summary>
    private const string Judged =
        """
        with leads as (
            select lead_dataset.contact_id, create_date, customer_date, create_date + interval '24 days' as window_end,
                (select greatest(max(create_date), (select max(customer_date) from raw.customer_dataset)) from raw.lead_dataset) as data_end
            from raw.lead_dataset left join raw.customer_dataset using (contact_id)
        ), timely as (
            select *, scored_at at time zone 'UTC' as at from serving.predictions join leads on contact_id::text = entity
            where scored_at at time zone 'UTC' < window_end and not coalesce(scored_at at time zone 'UTC' >= customer_date, false) and model_version < 3
        ), first as (
            select *, coalesce(customer_date <= window_end, false) as won from timely as one
            where not exists (select from timely as other where other.entity = one.entity and other.model_version = one.model_version and other.at < one.at)
        ), judged as (select * from first where window_end <= data_end)
        """;

    [Fact]
    public async Task What_is_said_of_the_given_scores_is_what_counting_by_hand_gives()
    {
        await using var warehouse = await TestWarehouse.CreateAsync(postgres, "leads");
        await warehouse.CreateRawTablesAsync();
        await warehouse.LoadAsync(Leads);
        await warehouse.BuildWellAsync();
        (await warehouse.RowsAsync($"select 1 from {warehouse.Relation("data_mart", "dm_score_watch")}")).ShouldBeEmpty("there is no model yet");
        await warehouse.ExecuteAsync(Given);

        await warehouse.BuildWellAsync();

        (await warehouse.DifferencesAsync(
            $"select model_version, contact_id::text, score, became_customer from {warehouse.Relation("data_warehouse", "fct_given_scores")}",
            $"{Judged} select model_version, entity, probability, case when window_end <= data_end then won end from first")).ShouldBeEmpty();
        (await warehouse.DifferencesAsync(
            $"""
            select model_version, is_champion, leads, customers, round(auc::numeric, 9), round(log_loss::numeric, 9), round(mean_score::numeric, 9),
                round(conversion_rate::numeric, 9), auc_in_training
            from {warehouse.Relation("data_mart", "dm_score_quality")}
            """,
            $"""
            {Judged}
            select model_version, model_version = 2, count(*), sum(won::integer), round((
                    select avg(case when winner.probability > loser.probability then 1 when winner.probability = loser.probability then 0.5 else 0 end)
                    from judged as winner join judged as loser using (model_version)
                    where winner.won and not loser.won and winner.model_version = all_judged.model_version)::numeric, 9),
                round(avg(-ln(case when won then probability else 1 - probability end))::numeric, 9), round(avg(probability)::numeric, 9),
                round(avg(won::integer), 9), 0.8::double precision
            from judged as all_judged group by model_version
            """)).ShouldBeEmpty();
        (await warehouse.DifferencesAsync(
            $"select model_version, sum(leads)::bigint, max(leads) - min(leads) < 2, round(sum(leads * mean_score)::numeric, 6), round(sum(leads * conversion_rate)::numeric, 6) from {warehouse.Relation("data_mart", "dm_score_calibration")} group by model_version",
            $"{Judged} select model_version, count(*), true, round(sum(probability)::numeric, 6), round(sum(won::integer), 6) from judged group by model_version")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Drift_is_the_stability_index_and_what_is_beyond_its_limit_is_a_breach()
    {
        await using var warehouse = await TestWarehouse.CreateAsync(postgres, "leads");
        await warehouse.CreateRawTablesAsync();
        await warehouse.LoadAsync(Leads);
        await warehouse.ExecuteAsync(Given);

        await warehouse.BuildWellAsync();

        (await warehouse.DifferencesAsync(
            $"select model_version, measure, round(psi::numeric, 9) from {warehouse.Relation("data_mart", "dm_score_drift")}",
            $"""
            {Judged}, newest as (
                select * from raw.lead_dataset join leads using (contact_id) where window_end <= data_end and window_end > data_end - interval '28 days'
            ), newest_scores as (
                select probability from first where model_version = 2 and at > (select max(at) from first where model_version = 2) - interval '28 days'
            ), shares (measure, share_then, share_now) as (
                select 'message_length', 0.1, (select avg((message_length is null)::integer) from newest)
                union all select 'message_length', 0.2, (select avg(coalesce(message_length < 10, false)::integer) from newest)
                union all select 'message_length', 0.3, (select avg(coalesce(message_length >= 10 and message_length < 40, false)::integer) from newest)
                union all select 'message_length', 0.2, (select avg(coalesce(message_length >= 40 and message_length < 80, false)::integer) from newest)
                union all select 'message_length', 0.2, (select avg(coalesce(message_length >= 80, false)::integer) from newest)
                union all select 'marketing_source', 0.5, (select avg((marketing_source is not distinct from 'Google')::integer) from newest)
                union all select 'marketing_source', 0.3, (select avg((marketing_source is not distinct from 'Meta')::integer) from newest)
                union all select 'marketing_source', 0.2, (select avg((coalesce(marketing_source, '') not in ('Google', 'Meta'))::integer) from newest)
                union all select 'marketing_source', 0, 0
                union all select 'score', 0.1, (
                    select avg((probability >= case when tenth = 0 then 0 else tenth / 10.0 - 0.05 end and probability < case when tenth = 9 then 2 else tenth / 10.0 + 0.05 end)::integer)
                    from newest_scores)
                from generate_series(0, 9) as tenth
            )
            select 2, measure, round(sum((greatest(share_now, 0.0001) - greatest(share_then, 0.0001)) * ln(greatest(share_now, 0.0001) / greatest(share_then, 0.0001)))::numeric, 9)
            from shares group by measure
            """)).ShouldBeEmpty();
        (await warehouse.RowsAsync(
            $"""
            select measure || case when is_breached then ' breached' else '' end || case when is_judged then '' else ' not judged' end
            from {warehouse.Relation("data_mart", "dm_score_watch")} order by measure
            """)).ShouldBe(["auc breached", "calibration_error breached", "psi of marketing_source breached", "psi of message_length breached", "psi of score"]);
    }
}
