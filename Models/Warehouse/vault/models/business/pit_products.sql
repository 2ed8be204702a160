{{ config(materialized='table', indexes=[{'columns': ['product_hk', 'as_of'], 'unique': true}]) }}

{{ leadline_vault.point_in_time(
    ref('hub_products'), 'product_hk', as_of=ref('as_of_months'), moment='as_of', satellites={'sat_products': ref('sat_products')},
) }}
