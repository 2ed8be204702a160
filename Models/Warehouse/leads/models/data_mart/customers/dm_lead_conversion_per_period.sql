select
    {{ rank_of(rate_to_rank()) }} as conversion_rank,
    period,
    conversion_rate,
    leads,
    customers,
    average_days_to_customer
from {{ ref('fct_lead_conversion_per_period') }}
order by conversion_rank, period
