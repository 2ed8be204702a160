{#
  The population stability index: over the bins of training, the sum of (share now - share then) * ln(share now / share then). An empty bin counts as
  one in ten thousand, because the index would be infinite otherwise.
#}
{% set newest = "interval '" ~ var('score_watch').days ~ " days'" %}

with champion as (
    select model_version, metrics, features
    from (
{{ trained_models() }}
    ) as models
    where is_champion
),

profiles as (
    select
        champion.model_version,
        profile ->> 'name' as measure,
        jsonb_array_length(profile -> 'shares') > 0 as is_number,
        (profile ->> 'missing')::double precision as missing,
        array(select edge::double precision from jsonb_array_elements_text(profile -> 'edges') as edge) as edges,
        profile -> 'shares' as shares,
        profile -> 'levels' as levels
    from champion
    cross join jsonb_array_elements(champion.features) as profile
),

{# The bins of the scores are those of the calibration, which hold the same number of examples each. #}
score_bins as (
    select
        champion.model_version,
        bin.place,
        (bin.content ->> 'count')::double precision / sum((bin.content ->> 'count')::double precision) over () as share,
        (lag((bin.content ->> 'mean_score')::double precision) over (order by bin.place) + (bin.content ->> 'mean_score')::double precision) / 2 as lower_edge
    from champion
    cross join jsonb_array_elements(champion.metrics -> 'calibration') with ordinality as bin (content, place)
),

expected as (
    select measure, 'missing' as bin, missing as share from profiles
    union all
    select profiles.measure, (bin.place - 1)::text, bin.share::double precision
    from profiles
    cross join jsonb_array_elements_text(profiles.shares) with ordinality as bin (share, place)
    union all
    select profiles.measure, 'level ' || level.key, level.value::double precision
    from profiles
    cross join jsonb_each_text(profiles.levels) as level
    union all
    select measure, 'other', 1 - missing - coalesce((select sum(level.value::double precision) from jsonb_each_text(levels) as level), 0)
    from profiles
    where not is_number
    union all
    select 'score', (place - 1)::text, share from score_bins
),

data_end as (
    select greatest(max(created_at), max(customer_date)::timestamp) as data_until
    from {{ ref('lead_features') }}
),

{# Leads whose window is over, as those of training: a younger lead has had fewer calls. #}
newest_leads as (
    select to_jsonb(leads) as lead
    from {{ ref('lead_features') }} as leads
    cross join data_end
    where leads.created_at + {{ label_window() }} <= data_end.data_until
        and leads.created_at + {{ label_window() }} > data_end.data_until - {{ newest }}
),

newest_scores as (
    select score
    from {{ ref('fct_given_scores') }}
    join champion using (model_version)
    where scored_at > (select max(scored_at) from {{ ref('fct_given_scores') }} join champion using (model_version)) - {{ newest }}
),

observed as (
    select
        profiles.measure,
        case
            when newest_leads.lead ->> profiles.measure is null then 'missing'
            when profiles.is_number then width_bucket((newest_leads.lead ->> profiles.measure)::double precision, profiles.edges)::text
            when profiles.levels ? (newest_leads.lead ->> profiles.measure) then 'level ' || (newest_leads.lead ->> profiles.measure)
            else 'other'
        end as bin
    from newest_leads
    cross join profiles
    union all
    select 'score', width_bucket(score, array(select lower_edge from score_bins where lower_edge is not null order by place))::text
    from newest_scores
),

counted as (
    select measure, bin, count(*) as leads, sum(count(*)) over (partition by measure) as all_leads
    from observed
    group by measure, bin
),

totals as (
    select measure, max(all_leads)::bigint as leads from counted group by measure
),

shares as (
    select
        expected.measure,
        totals.leads,
        greatest(expected.share, 1e-4) as share_then,
        greatest(coalesce(counted.leads / counted.all_leads::double precision, 0), 1e-4) as share_now
    from expected
    join totals using (measure)
    left join counted using (measure, bin)
)

select
    champion.model_version,
    shares.measure,
    shares.leads,
    sum((shares.share_now - shares.share_then) * ln(shares.share_now / shares.share_then)) as psi
from shares
cross join champion
group by champion.model_version, shares.measure, shares.leads
order by psi desc, measure
