{{ config(indexes=[{'columns': ['contact_id'], 'unique': true}]) }}

with customers as (
{{ newest(ref('stg_customer'), ['contact_id'], ['customer_date', 'contract_length']) }}
)

select
    contact_id,
    customer_date,
    {{ month_of('customer_date') }} as customer_period,
    contract_length,
    loaded_at
from customers
