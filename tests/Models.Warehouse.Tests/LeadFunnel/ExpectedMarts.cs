namespace Models.Warehouse.Tests.LeadFunnel;

/// <summary>
/// What each mart must hold, worked out from raw alone and in another way than the models do: by grouping where they pick rows,
/// by counting better rows where they rank, by text months and buckets where they use dates and ranges.
/// </summary>
internal static class ExpectedMarts
{
    /// <summary>The rows and columns of a mart, in the mart's order of columns.</summary>
    public static string Query(string mart) => Figures + "\n" + Marts[mart];

    public static IEnumerable<string> Names => Marts.Keys;

    private const string Figures =
        """
        with lead_rows as (
            select *, max(meta_processing_time) over (partition by contact_id) as newest from raw.lead_dataset
        ), all_leads as (
            select contact_id,
                (array_agg(coalesce(marketing_source, 'Unknown') order by create_date))[1] as source,
                min(create_date) as created,
                to_char(min(create_date), 'YYYY-MM') as month,
                (array_agg(coalesce(test_flag, false) order by create_date))[1] as test
            from lead_rows where meta_processing_time = newest group by contact_id
        ), leads as (
            select * from all_leads where not test
        ), customer_rows as (
            select *, max(meta_processing_time) over (partition by contact_id) as newest from raw.customer_dataset
        ), all_customers as (
            select contact_id, min(customer_date) as won, to_char(min(customer_date), 'YYYY-MM') as month,
                (array_agg(contract_length order by customer_date, contract_length))[1] as length
            from customer_rows where meta_processing_time = newest group by contact_id
        ), clv as (
            select contract_length as length, max(avg_clv) as worth from raw.clv_dataset c
            where not exists (select 1 from raw.clv_dataset n
                where n.contract_length = c.contract_length and n.meta_processing_time > c.meta_processing_time)
            group by contract_length
        ), customers as (
            select c.contact_id, c.won, c.month, coalesce(l.source, 'Unknown') as source,
                (select worth from clv where clv.length = c.length) as worth
            from all_customers c left join all_leads l on l.contact_id = c.contact_id
            where c.contact_id not in (select contact_id from all_leads where test)
        ), marketing as (
            select to_char(date, 'YYYY-MM') as month, marketing_source as source, max(marketing_costs) as cost
            from raw.marketing_costs_dataset m
            where not exists (select 1 from raw.marketing_costs_dataset n
                where (n.date, n.marketing_source) = (m.date, m.marketing_source) and n.meta_processing_time > m.meta_processing_time)
            group by 1, 2
        ), sales as (
            select to_char(year_month, 'YYYY-MM') as month, max(total_sales_costs) as cost
            from raw.sales_cost_dataset s
            where not exists (select 1 from raw.sales_cost_dataset n
                where n.year_month = s.year_month and n.meta_processing_time > s.meta_processing_time)
            group by 1
        ), months as (
            select month from leads union select month from customers union select month from marketing union select month from sales
        ), sources as (
            select source from leads union select source from customers union select source from marketing
        ), month_figures as (
            select month,
                (select count(*) from customers c where c.month = m.month) as customers,
                (select count(*) from customers c where c.month = m.month and worth is null) as unworthy,
                coalesce((select sum(worth) from customers c where c.month = m.month), 0) as worth,
                (select sum(cost) from marketing k where k.month = m.month) as marketing,
                (select cost from sales s where s.month = m.month) as sales
            from months m
        ), pairs as (
            select m.month, s.source,
                (select count(*) from leads l where l.month = m.month and l.source = s.source) as leads,
                (select count(*) from leads l where l.month = m.month) as month_leads,
                (select count(*) from customers c where c.month = m.month and c.source = s.source) as customers,
                (select sum(worth) from customers c where c.month = m.month and c.source = s.source) as worth,
                (select cost from marketing k where k.month = m.month and k.source = s.source) as marketing,
                (select cost from sales x where x.month = m.month) as sales
            from months m cross join sources s
        ), source_figures as (
            select source,
                (select count(*) from customers c where c.source = p.source) as customers,
                (select count(*) from customers c where c.source = p.source and worth is null) as unworthy,
                coalesce((select sum(worth) from customers c where c.source = p.source), 0) as worth,
                sum(marketing) as marketing,
                sum(sales * leads / month_leads) filter (where leads > 0) as sales,
                sum(marketing + sales * leads / month_leads) filter (where leads > 0) as total,
                sum(customers) filter (where leads > 0 and marketing + sales is not null) as full_customers,
                sum(worth) filter (where leads > 0 and marketing + sales is not null) as full_worth
            from pairs p group by source
        )
        """;

    private static readonly Dictionary<string, string> Marts = new(StringComparer.Ordinal)
    {
        ["dm_cac_per_period"] =
            """
            , figures as (
                select month, customers, marketing, sales, marketing + sales as total,
                    case when customers > 0 then round((marketing + sales) / customers, 2) end as cac from month_figures
            )
            select
                case when f.cac is not null then 1 + (select count(*) from figures g where g.cac < f.cac) end,
                to_date(month, 'YYYY-MM'), cac, case when customers > 0 then round(marketing / customers, 2) end,
                customers, marketing, sales, total
            from figures f
            """,
        ["dm_cac_per_source"] =
            """
            , figures as (
                select *, case when customers > 0 then round(marketing / customers, 2) end as cac from source_figures
            )
            select
                case when f.cac is not null then 1 + (select count(*) from figures g where g.cac < f.cac) end,
                source, cac, case when full_customers > 0 then round(total / full_customers, 2) end,
                customers, marketing, round(sales, 2), round(total, 2)
            from figures f
            """,
        ["dm_calls_conversion"] =
            """
            , call_rows as (
                select *, max(meta_processing_time) over (partition by contact_id) as newest from raw.call_dataset
            ), called as (
                select contact_id,
                    (array_agg(call_attempts order by call_attempts desc, total_call_duration desc, calls_30 desc, trial_booked desc))[1] as attempts,
                    (array_agg(calls_30 order by call_attempts desc, total_call_duration desc, calls_30 desc, trial_booked desc))[1] as long_calls,
                    (array_agg(total_call_duration::numeric order by call_attempts desc, total_call_duration desc, calls_30 desc, trial_booked desc))[1] as seconds,
                    (array_agg(trial_booked order by call_attempts desc, total_call_duration desc, calls_30 desc, trial_booked desc))[1] as trial
                from call_rows where meta_processing_time = newest group by contact_id
            ), funnel as (
                select l.contact_id, k.contact_id is null as missing, k.attempts, k.long_calls, k.seconds, k.trial,
                    l.contact_id in (select contact_id from all_customers) as won
                from leads l left join called k on k.contact_id = l.contact_id
            ), placed as (
                select 'call attempts' as measure, funnel.*,
                    case when missing then 0 else width_bucket(attempts, array[0, 11, 21, 31, 41]) end as place from funnel
                union all
                select 'calls over 30 minutes', funnel.*,
                    case when missing then 0 else width_bucket(long_calls, array[0, 4, 11, 15, 21]) end from funnel
            ), names (measure, labels) as (
                values ('call attempts', array['0-10', '11-20', '21-30', '31-40', '41+']),
                    ('calls over 30 minutes', array['0-3', '4-10', '11-14', '15-20', '21+'])
            ), figures as (
                select n.measure, i as place, coalesce(n.labels[i], 'no record') as label,
                    count(p.contact_id) as leads, count(*) filter (where trial) as trials, count(*) filter (where won) as customers,
                    case when count(p.contact_id) > 0 then round(count(*) filter (where trial)::numeric / count(p.contact_id), 4) end as trial_rate,
                    case when count(p.contact_id) > 0 then round(count(*) filter (where won)::numeric / count(p.contact_id), 4) end as rate,
                    case when sum(attempts) > 0 then round(sum(seconds) / (60 * sum(attempts)), 1) end as minutes
                from names n cross join generate_series(0, 5) as i
                left join placed p on p.measure = n.measure and p.place = i
                group by 1, 2, 3
            )
            select measure, place, label, leads, trials, customers, trial_rate, rate,
                case when leads >= 30
                    then 1 + (select count(*) from figures g where g.measure = f.measure and g.leads >= 30 and g.rate > f.rate) end,
                minutes
            from figures f
            """,
        ["dm_lead_conversion_per_period"] =
            """
            , figures as (
                select l.month, count(*) as leads, count(c.won) as customers, round(count(c.won)::numeric / count(*), 4) as rate,
                    round(avg(c.won - l.created::date), 1) as days
                from leads l left join all_customers c on c.contact_id = l.contact_id
                group by l.month
            )
            select
                case when leads >= 30 then 1 + (select count(*) from figures g where g.leads >= 30 and g.rate > f.rate) end,
                to_date(month,'YYYY-MM'), rate, leads, customers, days
            from figures f
            """,
        ["dm_lead_conversion_per_source"] =
            """
            , figures as (
                select l.source, count(*) as leads, count(c.won) as customers, round(count(c.won)::numeric / count(*), 4) as rate,
                    round(avg(c.won - l.created::date), 1) as days
                from leads l left join all_customers c on c.contact_id = l.contact_id
                group by l.source
            )
            select
                case when leads >= 30 then 1 + (select count(*) from figures g where g.leads >= 30 and g.rate > f.rate) end,
                source, rate, leads, customers, days
            from figures f
            """,
        ["dm_ser_per_period"] =
            """
            , figures as (
                select *, case when marketing + sales <> 0 then round(worth / (marketing + sales), 4) end as ser from month_figures
            )
            select
                case when f.ser is not null then 1 + (select count(*) from figures g where g.ser > f.ser) end,
                to_date(month, 'YYYY-MM'), ser, case when marketing <> 0 then round(worth / marketing, 4) end,
                worth, marketing, sales, marketing + sales, customers, unworthy
            from figures f
            """,
        ["dm_ser_per_source"] =
            """
            , figures as (
                select *, case when marketing <> 0 then round(worth / marketing, 4) end as ser from source_figures
            )
            select
                case when f.ser is not null then 1 + (select count(*) from figures g where g.ser > f.ser) end,
                source, ser, case when total <> 0 then round(full_worth / total, 4) end,
                worth, marketing, round(sales, 2), round(total, 2), customers, unworthy
            from figures f
            """,
    };
}
