select
    revenues.period,
    revenues.customers,
    revenues.customers_without_revenue,
    revenues.expected_revenue,
    costs.marketing_costs,
    costs.sales_costs,
    costs.total_costs,
    {{ ratio('revenues.expected_revenue', 'costs.marketing_costs') }} as marketing_ser,
    {{ ratio('revenues.expected_revenue', 'costs.total_costs') }} as ser
from {{ ref('fct_revenues_per_period') }} as revenues
join {{ ref('fct_costs_per_period') }} as costs using (period)
