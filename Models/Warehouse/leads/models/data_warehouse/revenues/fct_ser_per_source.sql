with fully_costed as (

    select
        costs.marketing_source,
        sum(revenues.expected_revenue) as expected_revenue
    from {{ ref('fct_costs_per_period_and_source') }} as costs
    join {{ ref('fct_revenues') }} as revenues
        on revenues.customer_period = costs.period
        and revenues.marketing_source = costs.marketing_source
    where costs.total_costs is not null
    group by costs.marketing_source

)

select
    revenues.marketing_source,
    revenues.customers,
    revenues.customers_without_revenue,
    revenues.expected_revenue,
    costs.marketing_costs,
    costs.sales_costs,
    costs.total_costs,
    {{ ratio('revenues.expected_revenue', 'costs.marketing_costs') }} as ser,
    {{ ratio('fully_costed.expected_revenue', 'costs.total_costs') }} as ser_with_sales
from {{ ref('fct_revenues_per_source') }} as revenues
join {{ ref('fct_costs_per_source') }} as costs using (marketing_source)
left join fully_costed using (marketing_source)
