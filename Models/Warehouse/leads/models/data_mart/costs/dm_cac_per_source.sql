select
    {{ rank_of('cac', best='lowest') }} as cac_rank,
    marketing_source,
    cac,
    cac_with_sales,
    customers,
    marketing_costs,
    round(sales_costs, 2) as sales_costs,
    round(total_costs, 2) as total_costs
from {{ ref('fct_cac_per_source') }}
order by cac_rank, marketing_source
