with conversion as (

    select * from {{ ref('fct_calls_conversion_per_attempts') }}
    union all
    select * from {{ ref('fct_calls_conversion_per_calls_over_30min') }}

)

select
    call_measure,
    range_order,
    call_range,
    leads,
    trials,
    customers,
    trial_rate,
    conversion_rate,
    {{ rank_of(rate_to_rank(), within='call_measure') }} as conversion_rank,
    average_call_minutes
from conversion
order by call_measure, range_order
