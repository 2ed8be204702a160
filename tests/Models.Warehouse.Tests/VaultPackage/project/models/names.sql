{{ leadline_vault.reference_table(ref('stg'), code='id', payload=['name']) }}
