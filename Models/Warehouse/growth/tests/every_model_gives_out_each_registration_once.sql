with credits as (
    select
        count(distinct user_id) as users,
        sum(lifespan) as lifespan,
        sum(first_touch) as first_touch,
        sum(last_touch) as last_touch,
        sum(linear) as linear,
        sum(time_decay) as time_decay
    from {{ ref('fact_attribution') }}
),

registrations as (
    select count(*) as users from {{ ref('fact_registrations') }}
)

select credits.*, registrations.users as registrations
from credits
cross join registrations
where credits.users <> registrations.users
    or credits.lifespan <> registrations.users
    or credits.first_touch <> registrations.users
    or credits.last_touch <> registrations.users
    or abs(credits.linear - registrations.users) > 0.001
    or abs(credits.time_decay - registrations.users) > 0.001
