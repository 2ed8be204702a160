select
    {{ rank_of('cac', best='lowest') }} as cac_rank,
    period,
    cac,
    marketing_cac,
    customers,
    marketing_costs,
    sales_costs,
    total_costs
from {{ ref('fct_cac_per_period') }}
order by cac_rank, period
