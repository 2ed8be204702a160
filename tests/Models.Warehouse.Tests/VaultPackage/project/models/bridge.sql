{{ config(materialized='table') }}
{{ leadline_vault.bridge(
    ref('hub_contacts'), 'contact_hk', as_of=source('raw', 'moments'), moment='moment',
    links=[{
        'relation': ref('link_partners'), 'key': 'contact_partner_hk', 'from': 'contact_hk', 'to': 'partner_hk', 'effectivity': ref('eff_partners'),
    }],
) }}
