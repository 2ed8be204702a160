-- the foreign keys need these tables first
-- depends_on: {{ ref('customers') }}
select
    order_id,
    customer_id,
    order_status as status,
    order_purchase_timestamp as purchased_at,
    order_approved_at as approved_at,
    order_delivered_carrier_date as handed_to_carrier_at,
    order_delivered_customer_date as delivered_at,
    order_estimated_delivery_date as estimated_delivery_at
from {{ source('raw', 'market_orders') }}
