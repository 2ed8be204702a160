with newest as (
{{ newest(source('raw', 'cars')) }}
)

select
    car_id::bigint as car_id,
    car_make::text as brand,
    car_model::text as model,
    price::numeric as list_price,
    meta_processing_time as loaded_at
from newest
