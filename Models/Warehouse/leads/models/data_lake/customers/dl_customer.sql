{{ history(source('raw', 'customer_dataset'), ['contact_id', 'customer_date', 'contract_length']) }}
