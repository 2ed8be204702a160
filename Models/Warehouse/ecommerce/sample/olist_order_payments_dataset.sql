-- One payment an order, in some orders a voucher before it.
select
    md5('order ' || number) as order_id,
    part as payment_sequential,
    case when part = 1 and parts = 2 then 'voucher' when number % 4 = 0 then 'boleto' else 'credit_card' end as payment_type,
    1 + number % 10 as payment_installments,
    round((10 + (hashint8extended(number * 10 + part, 15) & 9007199254740991) % 40000 / 100.0)::numeric, 2) as payment_value
from generate_series(1, current_setting('leadline.sample_size')::bigint) as numbers (number)
cross join lateral (select case when number % 15 = 0 then 2 else 1 end as parts) as counted
cross join lateral generate_series(1, parts) as series (part)
