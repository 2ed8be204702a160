select
    marketing_source,
    sum(marketing_costs) as marketing_costs
from {{ ref('dim_marketing_cost') }}
group by marketing_source
