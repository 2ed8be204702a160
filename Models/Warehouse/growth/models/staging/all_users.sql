{{
    config(
        incremental_strategy='append',
        indexes=[{'columns': ['user_id'], 'unique': true}, {'columns': ['loaded_at']}]
    )
}}

with named as (

    select user_id, loaded_at from {{ ref('all_sessions') }}
    {{ newly_loaded('loaded_at') }}
    union all
    select user_id, loaded_at from {{ ref('all_registrations') }}
    {{ newly_loaded('loaded_at') }}

),

users as (

    select user_id, min(loaded_at) as loaded_at from named group by user_id

)

select user_id, loaded_at
from users
{%- if is_incremental() %}
where not exists (select 1 from {{ this }} as known where known.user_id = users.user_id)
{%- endif %}
