{# The last moment of each month from the first version of a user or a product to the last. #}
with versions as (

    select effective_from from {{ ref('sat_users') }}
    union all
    select effective_from from {{ ref('sat_products') }}

),

bounds as (

    select min({{ month_of('effective_from') }}) as first_month, max({{ month_of('effective_from') }}) as last_month from versions

)

select (month + interval '1 month' - interval '1 microsecond') at time zone 'UTC' as as_of
from bounds
cross join lateral generate_series(first_month::timestamp, last_month::timestamp, interval '1 month') as months (month)
