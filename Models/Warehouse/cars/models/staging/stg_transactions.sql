with newest as (
{{ newest(source('raw', 'transactions')) }}
)

select
    transaction_id::bigint as transaction_id,
    product_id::bigint as car_id,
    client_id::bigint as client_id,
    quantity::integer as quantity,
    price::numeric as price,
    price::numeric * quantity as turnover,
    "timestamp"::timestamp as sold_at_utc,
    -- by the place and not by the letters CET, which PostgreSQL takes for one hour all year round
    "timestamp"::timestamp at time zone 'UTC' at time zone 'Europe/Berlin' as sold_at_cet,
    meta_processing_time as loaded_at
from newest
