{{ config(indexes=[{'columns': ['year', 'month', 'channel'], 'unique': true}]) }}

with registrations as (

    select month_start, channel, count(*) as registrations
    from {{ ref('fact_registrations') }}
    join {{ ref('dim_date') }} on date_day = registered_on
    group by month_start, channel

),

months as (

    select distinct year, month, month_start
    from {{ ref('dim_date') }}
    where month_start between (select min(month_start) from registrations) and (select max(month_start) from registrations)

),

channels as (

    select distinct channel from {{ ref('dim_channel') }}
    union
    select {{ others() }}

)

select
    months.year,
    months.month,
    channels.channel,
    coalesce(registrations.registrations, 0) as registrations,
    round(
        coalesce(registrations.registrations, 0) / nullif(sum(registrations.registrations) over (partition by months.month_start), 0), 4
    ) as share
from months
cross join channels
left join registrations using (month_start, channel)
