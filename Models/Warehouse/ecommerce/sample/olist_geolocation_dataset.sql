-- Two measurements of each postal code.
select
    lpad((code * 13 + 1000)::text, 5, '0') as geolocation_zip_code_prefix,
    -23.5 + code / 100.0 + measurement / 10000.0 as geolocation_lat,
    -46.6 + code / 100.0 as geolocation_lng,
    'sao paulo' as geolocation_city,
    'SP' as geolocation_state
from generate_series(0, 290) as codes (code)
cross join generate_series(0, 1) as measurements (measurement)
