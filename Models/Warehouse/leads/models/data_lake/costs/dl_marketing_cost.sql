{{ history(source('raw', 'marketing_costs_dataset'), ['date', 'marketing_source', 'marketing_costs']) }}
