{{ history(source('raw', 'sales_cost_dataset'), ['year_month', 'total_sales_costs', 'trial_costs']) }}
