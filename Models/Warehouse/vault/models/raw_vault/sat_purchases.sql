{{ config(indexes=[{'columns': ['purchase_hk', 'effective_from', 'load_date'], 'unique': true}]) }}

{{ leadline_vault.satellite(
    ref('stg_purchases'), key='purchase_hk', hashdiff='purchase_hashdiff', payload=purchase_columns(), watermark='load_date',
) }}
