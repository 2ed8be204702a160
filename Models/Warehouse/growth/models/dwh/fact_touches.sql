{{ config(indexes=[{'columns': ['user_id']}]) }}

select
    sessions.session_id,
    registrations.user_id,
    channels.channel,
    channels.priority,
    sessions.started_at,
    registrations.registered_at,
    channels.lifespan is null or sessions.started_at >= registrations.registered_at - channels.lifespan as is_alive
from {{ ref('all_registrations') }} as registrations
join {{ ref('fact_sessions') }} as sessions
    on sessions.user_id = registrations.user_id and sessions.started_at <= registrations.registered_at
join {{ ref('dim_channel') }} as channels using (channel_id)
