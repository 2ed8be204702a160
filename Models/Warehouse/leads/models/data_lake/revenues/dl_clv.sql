{{ history(source('raw', 'clv_dataset'), ['contract_length', 'avg_clv']) }}
