-- Invented orders: nine of ten are delivered, a few days to weeks after they were bought.
with drawn as (
    select
        number,
        timestamp '2017-01-01' + interval '1 second' * ((hashint8extended(number, 1) & 9007199254740991) % (600 * 86400)) as purchased_at,
        (hashint8extended(number, 2) & 9007199254740991) % 10 as fate,
        interval '1 minute' * (2000 + (hashint8extended(number, 3) & 9007199254740991) % 30000) as delivery
    from generate_series(1, current_setting('leadline.sample_size')::bigint) as numbers (number)
)

select
    md5('order ' || number) as order_id,
    md5('customer ' || number) as customer_id,
    case when fate < 9 then 'delivered' else 'canceled' end as order_status,
    purchased_at as order_purchase_timestamp,
    purchased_at + interval '20 minutes' as order_approved_at,
    case when fate < 9 then date_trunc('second', purchased_at + delivery / 4) end as order_delivered_carrier_date,
    case when fate < 9 then date_trunc('second', purchased_at + delivery) end as order_delivered_customer_date,
    date_trunc('day', purchased_at) + interval '21 days' as order_estimated_delivery_date
from drawn
