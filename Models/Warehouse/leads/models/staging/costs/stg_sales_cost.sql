select
    year_month::date as period,
    total_sales_costs::numeric as sales_costs,
    trial_costs::numeric as trial_costs,
    loaded_at,
    row_hash
from {{ ref('dl_sales_cost') }}
