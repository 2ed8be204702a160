{{ config(indexes=[{'columns': ['user_id'], 'unique': true}]) }}

with sessions as (

    select
        sessions.user_id,
        count(*) as sessions,
        min(sessions.started_at) as first_seen_at,
        max(sessions.started_at) as last_seen_at,
        (array_agg(channels.channel order by sessions.started_at, channels.priority))[1] as first_channel,
        (array_agg(channels.channel order by sessions.started_at desc, channels.priority))[1] as last_channel
    from {{ ref('fact_sessions') }} as sessions
    join {{ ref('dim_channel') }} as channels using (channel_id)
    group by sessions.user_id

)

select
    users.user_id,
    case when registrations.user_id is null then 'visitor' else 'registered' end as stage,
    registrations.registered_at,
    coalesce(sessions.sessions, 0) as sessions,
    sessions.first_seen_at,
    sessions.last_seen_at,
    sessions.first_channel,
    sessions.last_channel
from {{ ref('all_users') }} as users
left join {{ ref('all_registrations') }} as registrations using (user_id)
left join sessions using (user_id)
