select
    period,
    expected_revenue,
    total_costs,
    expected_revenue - total_costs as profit,
    lag(expected_revenue - total_costs) over (order by period) as previous_profit,
    expected_revenue - total_costs - lag(expected_revenue - total_costs) over (order by period) as profit_change,
    {{ ratio('expected_revenue - total_costs', 'expected_revenue') }} as profit_margin
from {{ ref('fct_ser_per_period') }}
