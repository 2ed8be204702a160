{{ leadline_vault.link(ref('stg'), key='contact_partner_hk', hub_keys=['contact_hk', 'partner_hk']) }}
