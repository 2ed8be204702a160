-- the foreign keys need these tables first
-- depends_on: {{ ref('zip_codes') }}
select
    customer_id,
    customer_unique_id,
    customer_zip_code_prefix as zip_code_prefix,
    customer_city as city,
    customer_state as state
from {{ source('raw', 'market_customers') }}
