select
    customers.state,
    count(*) as orders,
    count(distinct customers.customer_unique_id) as customers
from {{ ref('stg_orders') }} as orders
join {{ ref('stg_customers') }} as customers using (customer_id)
group by customers.state
