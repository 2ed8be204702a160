{{ config(indexes=[{'columns': ['car_id'], 'unique': true}, {'columns': ['brand']}, {'columns': ['model']}]) }}

select
    car_id,
    brand,
    model,
    list_price
from {{ ref('stg_cars') }}
