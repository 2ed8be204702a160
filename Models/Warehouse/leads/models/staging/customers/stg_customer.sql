select
    contact_id::bigint as contact_id,
    customer_date::date as customer_date,
    contract_length::integer as contract_length,
    loaded_at,
    row_hash
from {{ ref('dl_customer') }}
