{{ config(indexes=[{'columns': ['contact_id'], 'unique': true}]) }}

select
    customers.contact_id,
    coalesce(leads.marketing_source, 'Unknown') as marketing_source,
    customers.customer_date,
    customers.customer_period,
    customers.contract_length
from {{ ref('dim_customer') }} as customers
left join {{ ref('dim_lead') }} as leads using (contact_id)
where leads.is_test is not true
