{{ config(tags=['advisory'], severity='warn') }}

select user_id, registered_at
from {{ ref('fact_registrations') }} as registrations
where not exists (select 1 from {{ ref('fact_sessions') }} as sessions where sessions.user_id = registrations.user_id)
