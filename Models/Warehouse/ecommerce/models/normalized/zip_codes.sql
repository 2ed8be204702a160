{# Each postal code once: the middle of its places, and the city that most of them name. #}
with named as (

    select geolocation_zip_code_prefix as zip_code_prefix from {{ source('raw', 'market_geolocation') }}
    union
    select customer_zip_code_prefix from {{ source('raw', 'market_customers') }} where customer_zip_code_prefix is not null
    union
    select seller_zip_code_prefix from {{ source('raw', 'market_sellers') }} where seller_zip_code_prefix is not null

),

places as (

    select
        geolocation_zip_code_prefix as zip_code_prefix,
        avg(geolocation_lat) as latitude,
        avg(geolocation_lng) as longitude,
        mode() within group (order by geolocation_city) as city,
        mode() within group (order by geolocation_state) as state
    from {{ source('raw', 'market_geolocation') }}
    group by 1

)

select zip_code_prefix, places.latitude, places.longitude, places.city, places.state
from named
left join places using (zip_code_prefix)
