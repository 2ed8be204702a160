namespace Models.Warehouse.Tests.Growth;

/// <summary>
/// What each growth mart must hold, worked out from raw alone and in another way than the models do: each lifespan rule by a question
/// whether there is such a session, weights by the distance to the registration, the median by its place.
/// </summary>
internal static class ExpectedGrowth
{
    public static IEnumerable<string> Names => Marts.Keys;

    /// <summary>The rows and columns of a mart, in the mart's order of columns.</summary>
    public static string Query(string mart) => Figures + "\n" + Marts[mart];

    private const string Figures =
        """
        with channel (name, place) as (
            values ('Paid click', 1), ('Paid impression', 2), ('Organic search', 3), ('Direct', 4), ('Others', 5)
        ), visit as (
            select distinct userid as u, time_started as t, is_paid, coalesce(upper(btrim(medium)), 'UNKNOWN') as m from raw.sessions
        ), s as (
            select visit.*, place, channel.name as c from visit join channel on channel.name = case
                when is_paid and m = 'PAID SEARCH' then 'Paid click'
                when is_paid and m = 'IMPRESSION' then 'Paid impression'
                when not is_paid and m = 'ORGANIC SEARCH' then 'Organic search'
                when not is_paid and m = 'DIRECT' then 'Direct'
                else 'Others' end
        ), r as (
            select userid as u, min(registration_time) as t from raw.conversions as c
            where not exists (select 1 from raw.conversions as n where n.userid = c.userid and n.meta_processing_time > c.meta_processing_time)
            group by userid
        ), a as (
            select r.u, r.t, to_char(r.t, 'YYYY-MM') as month, case
                when exists (select 1 from s where s.u = r.u and c = 'Paid click' and s.t <= r.t and s.t + interval '3 hours' >= r.t) then 'Paid click'
                when exists (select 1 from s where s.u = r.u and c = 'Paid impression' and s.t <= r.t and s.t + interval '1 hour' >= r.t)
                    then 'Paid impression'
                when exists (select 1 from s where s.u = r.u and c = 'Organic search' and s.t <= r.t and s.t + interval '12 hours' >= r.t)
                    then 'Organic search'
                when exists (select 1 from s where s.u = r.u and c = 'Direct' and s.t <= r.t) then 'Direct'
                else 'Others' end as c,
                (select count(*) from s where s.u = r.u and s.t <= r.t) as touches,
                (select min(s.t) from s where s.u = r.u and s.t <= r.t) as first_at,
                coalesce((select c from s where s.u = r.u and s.t <= r.t order by s.t, place limit 1), 'Others') as first_c,
                coalesce((select c from s where s.u = r.u and s.t <= r.t order by s.t desc, place limit 1), 'Others') as last_c
            from r
        ), pair as (
            select a.*, channel.name,
                (select count(*) from s where s.u = a.u and s.t <= a.t and s.c = channel.name) as touches_of,
                (select sum(exp(-ln(2.0::float8) * extract(epoch from a.t - s.t)::float8 / 604800)) from s where s.u = a.u and s.t <= a.t) as weight,
                coalesce((select sum(exp(-ln(2.0::float8) * extract(epoch from a.t - s.t)::float8 / 604800))
                    from s where s.u = a.u and s.t <= a.t and s.c = channel.name), 0) as weight_of
            from a cross join channel
        )
        """;

    private static readonly Dictionary<string, string> Marts = new(StringComparer.Ordinal)
    {
        ["dm_channel_attribution"] =
            """
            select left(m, 4)::integer, right(m, 2)::integer, name, count(a.u),
                round(count(a.u)::numeric / nullif((select count(*) from a as whole where whole.month = m), 0), 4)
            from (select to_char(date '2019-01-01' + make_interval(months => n), 'YYYY-MM') as m from generate_series(0, 240) as n) as months
            cross join channel
            left join a on a.month = m and a.c = name
            where m between (select min(month) from a) and (select max(month) from a)
            group by m, name
            """,
        ["dm_attribution_models"] =
            """
            select left(month, 4)::integer, right(month, 2)::integer, name,
                count(*) filter (where c = name),
                count(*) filter (where first_c = name),
                count(*) filter (where last_c = name),
                round(sum(case when touches = 0 then (name = 'Others')::integer else touches_of::float8 / touches end)::numeric, 4),
                round(sum(case when touches = 0 then (name = 'Others')::integer else weight_of / weight end)::numeric, 4)
            from pair
            where touches_of > 0 or c = name
            group by month, name
            """,
        ["dm_channel_conversion"] =
            """
            select name,
                (select count(*) from s where s.c = name),
                (select count(distinct s.u) from s where s.c = name),
                (select count(*) from a where a.c = name),
                (select count(*) from a where a.c = name and touches = 0),
                round((select count(*) from pair where pair.name = channel.name and pair.c = channel.name and touches_of > 0)::numeric
                    / nullif((select count(distinct s.u) from s where s.c = name), 0), 4),
                (select round(sum(extract(epoch from t - first_at)) / 3600 / count(first_at), 2) from a where a.c = name and first_at is not null
                    having count(*) > 0),
                (select round(((hours[(count + 1) / 2] + hours[count / 2 + 1]) / 2)::numeric, 2)
                    from (select array_agg(extract(epoch from t - first_at)::float8 / 3600 order by t - first_at) as hours, count(*)::integer as count
                        from a where a.c = name and first_at is not null) as sorted)
            from channel
            where exists (select 1 from s where s.c = name) or exists (select 1 from a where a.c = name)
            """,
    };
}
