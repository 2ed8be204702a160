select
    sources.marketing_source,
    marketing.marketing_costs,
    sum(costs.sales_costs) as sales_costs,
    sum(costs.total_costs) as total_costs
from {{ ref('dim_marketing_source') }} as sources
left join {{ ref('fct_marketing_costs_per_source') }} as marketing using (marketing_source)
left join {{ ref('fct_costs_per_period_and_source') }} as costs using (marketing_source)
group by sources.marketing_source, marketing.marketing_costs
