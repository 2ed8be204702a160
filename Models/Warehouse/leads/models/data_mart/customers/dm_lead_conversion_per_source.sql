select
    {{ rank_of(rate_to_rank()) }} as conversion_rank,
    marketing_source,
    conversion_rate,
    leads,
    customers,
    average_days_to_customer
from {{ ref('fct_lead_conversion_per_source') }}
order by conversion_rank, marketing_source
