{{ leadline_vault.multi_active_satellite(ref('stg'), key='contact_hk', child_key='phone', hashdiff='phone_hashdiff', payload=[]) }}
