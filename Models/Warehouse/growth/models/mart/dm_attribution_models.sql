{{ config(indexes=[{'columns': ['year', 'month', 'channel'], 'unique': true}]) }}

select
    dates.year,
    dates.month,
    attribution.channel,
    sum(attribution.lifespan) as lifespan,
    sum(attribution.first_touch) as first_touch,
    sum(attribution.last_touch) as last_touch,
    round(sum(attribution.linear)::numeric, 4) as linear,
    round(sum(attribution.time_decay)::numeric, 4) as time_decay
from {{ ref('fact_attribution') }} as attribution
join {{ ref('fact_registrations') }} as registrations using (user_id)
join {{ ref('dim_date') }} as dates on dates.date_day = registrations.registered_on
group by dates.year, dates.month, attribution.channel
