select
    marketing_source,
    expected_revenue,
    marketing_costs,
    expected_revenue - marketing_costs as profit,
    {{ ratio('expected_revenue - marketing_costs', 'expected_revenue') }} as profit_margin,
    {{ ratio('expected_revenue - marketing_costs', 'sum(expected_revenue - marketing_costs) over ()') }} as profit_share
from {{ ref('fct_ser_per_source') }}
