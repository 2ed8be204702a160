{{ config(indexes=[{'columns': ['purchase_hk'], 'unique': true}, {'columns': ['user_hk']}, {'columns': ['product_hk']}]) }}

{{ leadline_vault.link(ref('stg_purchases'), key='purchase_hk', hub_keys=['user_hk', 'product_hk'], columns=['id'], watermark='load_date') }}
