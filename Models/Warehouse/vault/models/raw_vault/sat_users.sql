{{ config(indexes=[{'columns': ['user_hk', 'effective_from', 'load_date'], 'unique': true}]) }}

{{ leadline_vault.satellite(
    ref('stg_users'), key='user_hk', hashdiff='user_hashdiff', payload=user_columns(), watermark='load_date',
) }}
