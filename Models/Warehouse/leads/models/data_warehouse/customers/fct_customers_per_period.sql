select
    periods.period,
    coalesce(sum(customers.customers), 0)::bigint as customers
from {{ ref('dim_period') }} as periods
left join {{ ref('fct_customers_per_period_and_source') }} as customers using (period)
group by periods.period
