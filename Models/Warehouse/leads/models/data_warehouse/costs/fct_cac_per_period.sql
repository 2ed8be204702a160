select
    customers.period,
    customers.customers,
    costs.marketing_costs,
    costs.sales_costs,
    costs.total_costs,
    {{ ratio('costs.marketing_costs', 'customers.customers', digits=2) }} as marketing_cac,
    {{ ratio('costs.total_costs', 'customers.customers', digits=2) }} as cac
from {{ ref('fct_customers_per_period') }} as customers
join {{ ref('fct_costs_per_period') }} as costs using (period)
