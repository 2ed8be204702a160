{{ leadline_vault.hub([ref('stg'), ref('stg')], key='partner_hk', business_key=['partner']) }}
