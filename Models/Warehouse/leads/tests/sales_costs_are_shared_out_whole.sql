{# A month without leads has nothing to share its costs out by and is not meant here. #}
select
    sales.period,
    sales.sales_costs,
    sum(shares.sales_costs) as shared_out
from {{ ref('dim_sales_cost') }} as sales
join {{ ref('fct_costs_per_period_and_source') }} as shares using (period)
where shares.sales_costs is not null
group by sales.period, sales.sales_costs
having abs(sales.sales_costs - sum(shares.sales_costs)) > 0.01
