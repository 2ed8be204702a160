{# From the purchase to the delivery, of each order that was delivered. #}
select
    order_id,
    purchase_month,
    extract(epoch from delivered_at - purchased_at) / 60 as delivery_minutes,
    extract(epoch from delivered_at - purchased_at) / 3600 as delivery_hours,
    extract(epoch from delivered_at - purchased_at) / 86400 as delivery_days,
    delivered_at > estimated_delivery_at as is_late
from {{ ref('stg_orders') }}
where is_delivered
