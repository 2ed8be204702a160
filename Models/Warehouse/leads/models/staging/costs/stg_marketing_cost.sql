select
    date::date as period,
    marketing_source::text as marketing_source,
    marketing_costs::numeric as marketing_costs,
    loaded_at,
    row_hash
from {{ ref('dl_marketing_cost') }}
