{{ config(indexes=[{'columns': ['user_hk'], 'unique': true}]) }}

{{ leadline_vault.hub(ref('stg_users'), key='user_hk', business_key='id', watermark='load_date') }}
