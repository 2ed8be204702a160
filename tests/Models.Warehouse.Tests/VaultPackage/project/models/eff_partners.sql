{{ leadline_vault.effectivity_satellite(ref('stg'), key='contact_partner_hk', driving_key='contact_hk') }}
