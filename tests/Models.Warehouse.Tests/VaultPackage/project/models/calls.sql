{{ leadline_vault.nonhistorised_link(ref('stg'), key='contact_partner_hk', hub_keys=['contact_hk', 'partner_hk'], payload=['name']) }}
