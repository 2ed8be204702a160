select
    customer_period as period,
    marketing_source,
    count(*) as customers
from {{ ref('fct_customers') }}
group by customer_period, marketing_source
