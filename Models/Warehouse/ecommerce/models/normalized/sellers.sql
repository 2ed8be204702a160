-- the foreign keys need these tables first
-- depends_on: {{ ref('zip_codes') }}
select
    seller_id,
    seller_zip_code_prefix as zip_code_prefix,
    seller_city as city,
    seller_state as state
from {{ source('raw', 'market_sellers') }}
