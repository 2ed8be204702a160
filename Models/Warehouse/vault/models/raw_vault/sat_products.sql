{{ config(indexes=[{'columns': ['product_hk', 'effective_from', 'load_date'], 'unique': true}]) }}

{{ leadline_vault.satellite(
    ref('stg_products'), key='product_hk', hashdiff='product_hashdiff', payload=product_columns(), watermark='load_date',
) }}
