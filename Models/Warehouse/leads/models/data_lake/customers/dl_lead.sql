{{ history(source('raw', 'lead_dataset'), [
    'contact_id', 'marketing_source', 'create_date', 'known_city', 'message_length', 'test_flag',
]) }}
