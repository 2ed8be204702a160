{{ config(materialized='table', indexes=[{'columns': ['user_hk', 'as_of'], 'unique': true}]) }}

{{ leadline_vault.point_in_time(ref('hub_users'), 'user_hk', as_of=ref('as_of_months'), moment='as_of', satellites={'sat_users': ref('sat_users')}) }}
