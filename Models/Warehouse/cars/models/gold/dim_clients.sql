{{ config(indexes=[{'columns': ['client_id'], 'unique': true}]) }}

select
    client_id,
    client_name,
    email
from {{ ref('stg_clients') }}
