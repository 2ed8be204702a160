-- One item of most orders, two or three of some.
select
    md5('order ' || number) as order_id,
    item as order_item_id,
    md5('product ' || 1 + (hashint8extended(number * 10 + item, 10) & 9007199254740991) % (1 + current_setting('leadline.sample_size')::bigint / 8)) as product_id,
    md5('seller ' || 1 + (hashint8extended(number * 10 + item, 11) & 9007199254740991) % (1 + current_setting('leadline.sample_size')::bigint / 30)) as seller_id,
    date_trunc('second', timestamp '2017-01-01' + interval '1 second' * ((hashint8extended(number, 1) & 9007199254740991) % (600 * 86400)))
        + interval '5 days' as shipping_limit_date,
    round((9 + (hashint8extended(number * 10 + item, 12) & 9007199254740991) % 30000 / 100.0)::numeric, 2) as price,
    round((5 + (hashint8extended(number * 10 + item, 13) & 9007199254740991) % 3000 / 100.0)::numeric, 2) as freight_value
from generate_series(1, current_setting('leadline.sample_size')::bigint) as numbers (number)
cross join lateral generate_series(1, (array[1, 1, 1, 1, 1, 1, 2, 2, 2, 3])[1 + (hashint8extended(number, 14) & 9007199254740991) % 10]) as items (item)
