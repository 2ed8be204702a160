select
    order_id,
    customer_id,
    status,
    purchased_at,
    date_trunc('month', purchased_at)::date as purchase_month,
    delivered_at,
    estimated_delivery_at,
    delivered_at is not null as is_delivered
from {{ ref('orders') }}
