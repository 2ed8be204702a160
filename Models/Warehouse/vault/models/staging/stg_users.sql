{{ leadline_vault.stage(
    source('raw', 'users'),
    columns=['id'] + user_columns(),
    keys={'user_hk': ['id']},
    hashdiffs={'user_hashdiff': user_columns()},
    load_date='meta_processing_time',
    effective_from='updated_at',
    record_source='meta_source_file',
) }}
