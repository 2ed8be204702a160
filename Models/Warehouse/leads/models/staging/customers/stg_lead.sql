select
    contact_id::bigint as contact_id,
    marketing_source::text as marketing_source,
    create_date::timestamp as created_at,
    known_city::boolean as known_city,
    message_length::integer as message_length,
    test_flag::boolean as is_test,
    loaded_at,
    row_hash
from {{ ref('dl_lead') }}
