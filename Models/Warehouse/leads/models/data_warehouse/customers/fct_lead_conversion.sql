{{ config(indexes=[{'columns': ['contact_id'], 'unique': true}]) }}

select
    leads.contact_id,
    leads.marketing_source,
    leads.created_at,
    leads.created_period,
    customers.customer_date,
    customers.contact_id is not null as is_customer,
    customers.customer_date - leads.created_at::date as days_to_customer
from {{ ref('dim_lead') }} as leads
left join {{ ref('dim_customer') }} as customers using (contact_id)
where not leads.is_test
