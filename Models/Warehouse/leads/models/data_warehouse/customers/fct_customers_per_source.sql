select
    sources.marketing_source,
    coalesce(sum(customers.customers), 0)::bigint as customers
from {{ ref('dim_marketing_source') }} as sources
left join {{ ref('fct_customers_per_period_and_source') }} as customers using (marketing_source)
group by sources.marketing_source
