{{ config(materialized='table') }}
{{ leadline_vault.point_in_time(
    ref('hub_contacts'), 'contact_hk', as_of=source('raw', 'moments'), moment='moment',
    satellites={'name': ref('sat_contacts'), 'phones': ref('sat_phones')},
) }}
