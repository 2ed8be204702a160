{{ config(indexes=[{'columns': ['contact_id'], 'unique': true}]) }}

select
    customers.contact_id,
    customers.marketing_source,
    customers.customer_period,
    customers.contract_length,
    clv.clv as expected_revenue
from {{ ref('fct_customers') }} as customers
left join {{ ref('dim_clv') }} as clv using (contract_length)
