{{
    config(
        schema='features',
        materialized='table',
        tags=['features'],
        indexes=[{'columns': ['contact_id'], 'unique': true}]
    )
}}

select
    leads.contact_id,
    leads.created_at,
    leads.marketing_source,
    leads.known_city,
    leads.message_length,
    calls.call_attempts,
    calls.total_call_seconds::double precision as total_call_seconds,
    calls.calls_over_30min,
    calls.total_call_seconds::double precision / nullif(calls.call_attempts, 0) as mean_call_seconds,
    calls.calls_over_30min::double precision / nullif(calls.call_attempts, 0) as calls_over_30min_share,
    customers.contact_id is not null as is_customer,
    customers.customer_date,
    greatest(leads.loaded_at, calls.loaded_at) as loaded_at
from {{ ref('dim_lead') }} as leads
left join {{ ref('dim_call') }} as calls using (contact_id)
left join {{ ref('dim_customer') }} as customers using (contact_id)
where not leads.is_test
