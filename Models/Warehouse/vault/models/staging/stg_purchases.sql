{{ leadline_vault.stage(
    source('raw', 'purchases'),
    columns=['id', 'user_id', 'product_id'] + purchase_columns(),
    keys={'purchase_hk': ['id', 'user_id', 'product_id'], 'user_hk': ['user_id'], 'product_hk': ['product_id']},
    hashdiffs={'purchase_hashdiff': purchase_columns()},
    load_date='meta_processing_time',
    effective_from='greatest(added_to_cart_at, purchased_at, returned_at)',
    record_source='meta_source_file',
) }}
