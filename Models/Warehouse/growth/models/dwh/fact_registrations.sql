{{ config(indexes=[{'columns': ['user_id'], 'unique': true}, {'columns': ['registered_on']}]) }}

with winners as (

    select distinct on (user_id) user_id, channel, session_id, started_at
    from {{ ref('fact_touches') }}
    where is_alive
    order by user_id, priority, started_at desc, session_id

),

touches as (

    select user_id, count(*) as sessions_before, min(started_at) as first_touch_at
    from {{ ref('fact_touches') }}
    group by user_id

)

select
    registrations.user_id,
    registrations.registered_at,
    registrations.registered_at::date as registered_on,
    coalesce(winners.channel, {{ others() }}) as channel,
    winners.session_id,
    coalesce(touches.sessions_before, 0) as sessions_before,
    registrations.registered_at - touches.first_touch_at as time_to_convert,
    registrations.loaded_at
from {{ ref('all_registrations') }} as registrations
left join winners using (user_id)
left join touches using (user_id)
