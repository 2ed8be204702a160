{{ leadline_vault.stage(
    source('raw', 'products'),
    columns=['id'] + product_columns(),
    keys={'product_hk': ['id']},
    hashdiffs={'product_hashdiff': product_columns()},
    load_date='meta_processing_time',
    effective_from='created_at',
    record_source='meta_source_file',
) }}
