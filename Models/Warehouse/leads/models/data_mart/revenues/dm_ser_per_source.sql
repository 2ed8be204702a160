select
    {{ rank_of('ser') }} as ser_rank,
    marketing_source,
    ser,
    ser_with_sales,
    expected_revenue,
    marketing_costs,
    round(sales_costs, 2) as sales_costs,
    round(total_costs, 2) as total_costs,
    customers,
    customers_without_revenue
from {{ ref('fct_ser_per_source') }}
order by ser_rank, marketing_source
