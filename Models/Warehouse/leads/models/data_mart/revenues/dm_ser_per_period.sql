select
    {{ rank_of('ser') }} as ser_rank,
    period,
    ser,
    marketing_ser,
    expected_revenue,
    marketing_costs,
    sales_costs,
    total_costs,
    customers,
    customers_without_revenue
from {{ ref('fct_ser_per_period') }}
order by ser_rank, period
