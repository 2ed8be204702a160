with leads as (

    select
        created_period as period,
        marketing_source,
        count(*) as leads,
        sum(count(*)) over (partition by created_period) as leads_of_period
    from {{ ref('fct_lead_conversion') }}
    group by created_period, marketing_source

),

costs as (

    select
        period,
        marketing_source,
        marketing.marketing_costs,
        sales.sales_costs * leads.leads / leads.leads_of_period as sales_costs
    from leads
    full join {{ ref('dim_marketing_cost') }} as marketing using (period, marketing_source)
    left join {{ ref('dim_sales_cost') }} as sales using (period)

)

select
    period,
    marketing_source,
    marketing_costs,
    sales_costs,
    marketing_costs + sales_costs as total_costs
from costs
