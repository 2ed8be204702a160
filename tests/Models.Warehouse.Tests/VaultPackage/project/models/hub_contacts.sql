{{ leadline_vault.hub(ref('stg'), key='contact_hk', business_key='id') }}
