{{ config(indexes=[{'columns': ['contact_id'], 'unique': true}]) }}

with leads as (
{{ newest(ref('stg_lead'), ['contact_id'], ['created_at']) }}
)

select
    contact_id,
    coalesce(marketing_source, 'Unknown') as marketing_source,
    created_at,
    {{ month_of('created_at') }} as created_period,
    known_city,
    message_length,
    coalesce(is_test, false) as is_test,
    loaded_at
from leads
