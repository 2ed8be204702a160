with costs as (
{{ newest(ref('stg_sales_cost'), ['period'], ['sales_costs desc']) }}
)

select
    period,
    sales_costs,
    trial_costs,
    loaded_at
from costs
