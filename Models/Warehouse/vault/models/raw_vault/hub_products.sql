{{ config(indexes=[{'columns': ['product_hk'], 'unique': true}]) }}

{{ leadline_vault.hub(ref('stg_products'), key='product_hk', business_key='id', watermark='load_date') }}
