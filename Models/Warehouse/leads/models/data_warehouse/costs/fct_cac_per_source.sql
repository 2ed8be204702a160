with fully_costed as (

    select
        marketing_source,
        sum(customers.customers) as customers
    from {{ ref('fct_costs_per_period_and_source') }} as costs
    join {{ ref('fct_customers_per_period_and_source') }} as customers using (period, marketing_source)
    where costs.total_costs is not null
    group by marketing_source

)

select
    customers.marketing_source,
    customers.customers,
    costs.marketing_costs,
    costs.sales_costs,
    costs.total_costs,
    {{ ratio('costs.marketing_costs', 'customers.customers', digits=2) }} as cac,
    {{ ratio('costs.total_costs', 'fully_costed.customers', digits=2) }} as cac_with_sales
from {{ ref('fct_customers_per_source') }} as customers
join {{ ref('fct_costs_per_source') }} as costs using (marketing_source)
left join fully_costed using (marketing_source)
