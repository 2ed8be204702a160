-- Invented sessions, the same for the same size. A visitor has a random moment of interest, at which he registers or not
-- (conversions.sql takes the same moment), and most of his sessions lie before it, many of them by a few hours.
with settings as (
    select
        current_setting('leadline.sample_size')::bigint as sessions,
        greatest(current_setting('leadline.sample_size')::bigint / 4, 1) as users
),

drawn as (
    select
        number,
        (hashint8extended(number, 1) & 9007199254740991) % users as user_number,
        (hashint8extended(number, 2) & 9007199254740991) / 9007199254740992.0::float8 as side,
        (hashint8extended(number, 3) & 9007199254740991) / 9007199254740992.0::float8 as distance,
        (hashint8extended(number, 4) & 9007199254740991) / 9007199254740992.0::float8 as medium_draw
    from settings
    -- every hundredth session is there twice
    cross join lateral (
        select number from generate_series(1, sessions) as numbers (number)
        union all
        select number from generate_series(100, sessions, 100) as repeated (number)
    ) as numbered
)

select
    md5('user ' || user_number) as userid,
    date_trunc('second', timestamp '2024-01-01'
        + interval '1 second' * ((hashint8extended(user_number, 5) & 9007199254740991) % (366 * 86400))
        + interval '1 hour' * case
            when side < 0.45 then -16 * distance * distance
            when side < 0.85 then -24 * 45 * distance
            else 24 * 30 * distance
        end) as time_started,
    medium_draw < 0.3 as is_paid,
    case
        when medium_draw < 0.17 then 'PAID SEARCH'
        when medium_draw < 0.27 then 'IMPRESSION'
        when medium_draw < 0.30 then 'PAID SOCIAL'
        when medium_draw < 0.55 then 'ORGANIC SEARCH'
        when medium_draw < 0.80 then 'DIRECT'
        when medium_draw < 0.90 then 'REFERRAL'
        when medium_draw < 0.98 then 'EMAIL'
    end as medium
from drawn
