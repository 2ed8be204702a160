with costs as (
{{ newest(ref('stg_marketing_cost'), ['period', 'marketing_source'], ['marketing_costs desc']) }}
)

select
    period,
    marketing_source,
    marketing_costs,
    loaded_at
from costs
