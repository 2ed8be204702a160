{{ config(indexes=[{'columns': ['date_day'], 'unique': true}]) }}

with days as (

    select started_at::date as day from {{ ref('all_sessions') }}
    union all
    select registered_at::date from {{ ref('all_registrations') }}

),

bounds as (

    select min(day) as first_day, max(day) as last_day from days

)

select
    day::date as date_day,
    extract(year from day)::integer as year,
    extract(quarter from day)::integer as quarter,
    extract(month from day)::integer as month,
    date_trunc('month', day)::date as month_start,
    extract(isodow from day)::integer as weekday,
    extract(isodow from day) >= 6 as is_weekend
from bounds
cross join lateral generate_series(first_day::timestamp, last_day::timestamp, interval '1 day') as series (day)
