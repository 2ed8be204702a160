with newest as (
{{ newest(source('raw', 'clients')) }}
)

select
    client_id::bigint as client_id,
    name::text as client_name,
    email::text as email,
    meta_processing_time as loaded_at
from newest
