{{ config(indexes=[{'columns': ['channel'], 'unique': true}]) }}

with sessions as (

    select
        channels.channel,
        count(*) as sessions,
        count(distinct sessions.user_id) as users
    from {{ ref('fact_sessions') }} as sessions
    join {{ ref('dim_channel') }} as channels using (channel_id)
    group by channels.channel

),

registrations as (

    select
        channel,
        count(*) as registrations,
        count(session_id) as explained,
        count(*) filter (where sessions_before = 0) as registrations_without_session,
        avg(extract(epoch from time_to_convert)) / 3600 as average_hours,
        percentile_cont(0.5) within group (order by extract(epoch from time_to_convert)::double precision) / 3600 as median_hours
    from {{ ref('fact_registrations') }}
    group by channel

)

select
    channel,
    coalesce(sessions.sessions, 0) as sessions,
    coalesce(sessions.users, 0) as users,
    coalesce(registrations.registrations, 0) as registrations,
    coalesce(registrations.registrations_without_session, 0) as registrations_without_session,
    round(coalesce(registrations.explained, 0)::numeric / nullif(sessions.users, 0), 4) as conversion_rate,
    round(registrations.average_hours, 2) as average_hours_to_convert,
    round(registrations.median_hours::numeric, 2) as median_hours_to_convert
from sessions
full join registrations using (channel)
