select
    customers.customer_id,
    customers.customer_unique_id,
    coalesce(customers.state, 'unknown') as state,
    customers.city,
    zip_codes.latitude,
    zip_codes.longitude
from {{ ref('customers') }} as customers
left join {{ ref('zip_codes') }} as zip_codes using (zip_code_prefix)
