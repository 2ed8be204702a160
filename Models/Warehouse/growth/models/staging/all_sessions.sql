{{
    config(
        incremental_strategy='append',
        indexes=[{'columns': ['session_id'], 'unique': true}, {'columns': ['loaded_at']}]
    )
}}

{# A session has no number, so that its values are its identity: what is loaded again is known. #}
with loaded as (

    select
        userid as user_id,
        time_started as started_at,
        is_paid,
        coalesce(upper(trim(medium)), 'UNKNOWN') as medium,
        min(meta_processing_time) as loaded_at
    from {{ source('raw', 'sessions') }}
    {{ newly_loaded() }}
    group by 1, 2, 3, 4

),

keyed as (

    -- json, because its text does not depend on the session's date style
    select md5(json_build_array(user_id, started_at, is_paid, medium)::text)::uuid as session_id, *
    from loaded

)

select session_id, user_id, started_at, is_paid, medium, loaded_at
from keyed
{%- if is_incremental() %}
where not exists (select 1 from {{ this }} as known where known.session_id = keyed.session_id)
{%- endif %}
