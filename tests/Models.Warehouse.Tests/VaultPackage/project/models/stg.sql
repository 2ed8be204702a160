{{ config(materialized='view') }}
{{ leadline_vault.stage(
    source('raw', 'contacts'),
    columns=['id', 'name', 'partner', 'phone'],
    keys={'contact_hk': ['id'], 'partner_hk': ['partner'], 'contact_partner_hk': ['id', 'partner']},
    hashdiffs={'contact_hashdiff': ['name'], 'phone_hashdiff': ['phone']},
    load_date='loaded_at',
    effective_from='changed_at',
    record_source="'test'",
) }}
