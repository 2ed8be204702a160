{{ config(indexes=[{'columns': ['channel_id'], 'unique': true}]) }}

with seen as (

    select medium, is_paid from {{ ref('all_sessions') }}
    union
    select medium, is_paid from {{ ref('channels') }}

)

select
    md5(json_build_array(seen.medium, seen.is_paid)::text)::uuid as channel_id,
    seen.medium,
    seen.is_paid,
    coalesce(channels.channel, {{ others() }}) as channel,
    coalesce(channels.priority, {{ last_priority() }}) as priority,
    make_interval(hours => channels.lifespan_hours) as lifespan
from seen
left join {{ ref('channels') }} as channels using (medium, is_paid)
