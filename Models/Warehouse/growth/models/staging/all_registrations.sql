{{
    config(
        incremental_strategy='merge',
        unique_key='user_id',
        indexes=[{'columns': ['user_id'], 'unique': true}, {'columns': ['loaded_at']}]
    )
}}

{# Of a user the newest load counts, and of one load the earliest registration. #}
select distinct on (userid)
    userid as user_id,
    registration_time as registered_at,
    meta_processing_time as loaded_at
from {{ source('raw', 'conversions') }}
{{ newly_loaded() }}
order by userid, meta_processing_time desc, registration_time
