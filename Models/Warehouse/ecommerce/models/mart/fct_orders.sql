{{ config(indexes=[{'columns': ['order_id'], 'unique': true}]) }}

with items as (

    select order_id, count(*) as items, sum(price) as sales, sum(freight_value) as freight
    from {{ ref('stg_order_items') }}
    group by order_id

)

select
    orders.order_id,
    customers.customer_unique_id,
    customers.state,
    orders.status,
    orders.purchased_at,
    coalesce(items.items, 0) as items,
    coalesce(items.sales, 0) as sales,
    coalesce(items.freight, 0) as freight,
    coalesce(payments.paid, 0) as paid,
    reviews.review_score,
    round(delivery.delivery_days, 2) as delivery_days,
    delivery.is_late
from {{ ref('stg_orders') }} as orders
join {{ ref('stg_customers') }} as customers using (customer_id)
left join items using (order_id)
left join {{ ref('stg_order_payments') }} as payments using (order_id)
left join {{ ref('stg_order_reviews') }} as reviews using (order_id)
left join {{ ref('int_delivery_times') }} as delivery using (order_id)
