{{
    config(
        materialized='incremental',
        incremental_strategy='append',
        indexes=[{'columns': ['session_id'], 'unique': true}, {'columns': ['user_id', 'started_at']}, {'columns': ['loaded_at']}]
    )
}}

select
    sessions.session_id,
    sessions.user_id,
    channels.channel_id,
    sessions.started_at::date as started_on,
    sessions.started_at,
    sessions.loaded_at
from {{ ref('all_sessions') }} as sessions
join {{ ref('dim_channel') }} as channels using (medium, is_paid)
{{ newly_loaded('sessions.loaded_at') }}
{%- if is_incremental() %}
    and not exists (select 1 from {{ this }} as known where known.session_id = sessions.session_id)
{%- endif %}
