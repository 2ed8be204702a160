select
    periods.period,
    marketing.marketing_costs,
    sales.sales_costs,
    sales.trial_costs,
    marketing.marketing_costs + sales.sales_costs as total_costs
from {{ ref('dim_period') }} as periods
left join {{ ref('fct_marketing_costs_per_period') }} as marketing using (period)
left join {{ ref('dim_sales_cost') }} as sales using (period)
