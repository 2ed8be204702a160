{{ config(indexes=[{'columns': ['user_id', 'channel'], 'unique': true}]) }}

with touches as (

    select
        user_id,
        channel,
        row_number() over (partition by user_id order by started_at, priority) as number_from_first,
        row_number() over (partition by user_id order by started_at desc, priority) as number_from_last,
        1.0::double precision / count(*) over (partition by user_id) as linear,
        -- counted from the last touch and not from the registration, which gives the same shares and never a zero
        power(
            0.5::double precision,
            extract(epoch from max(started_at) over (partition by user_id) - started_at)::double precision / (86400 * {{ var('half_life_days') }})
        ) as decay
    from {{ ref('fact_touches') }}

),

shares as (

    select *, decay / sum(decay) over (partition by user_id) as time_decay
    from touches

),

by_channel as (

    select
        user_id,
        channel,
        count(*) filter (where number_from_first = 1) as first_touch,
        count(*) filter (where number_from_last = 1) as last_touch,
        sum(linear) as linear,
        sum(time_decay) as time_decay
    from shares
    group by user_id, channel

),

credited as (

    select user_id, channel, first_touch, last_touch, linear, time_decay from by_channel
    union all
    -- a registration without a session before it, and one whose sessions are all too old, belong to the channel of the lifespan rules
    select user_id, channel, 1, 1, 1, 1 from {{ ref('fact_registrations') }} where sessions_before = 0
    union all
    select registrations.user_id, registrations.channel, 0, 0, 0, 0
    from {{ ref('fact_registrations') }} as registrations
    where sessions_before > 0
        and not exists (
            select 1 from by_channel where by_channel.user_id = registrations.user_id and by_channel.channel = registrations.channel
        )

)

select
    credited.user_id,
    credited.channel,
    (credited.channel = registrations.channel)::integer as lifespan,
    credited.first_touch::integer as first_touch,
    credited.last_touch::integer as last_touch,
    credited.linear,
    credited.time_decay
from credited
join {{ ref('fact_registrations') }} as registrations using (user_id)
