{{ leadline_vault.satellite(ref('stg'), key='contact_hk', hashdiff='contact_hashdiff', payload=['name']) }}
