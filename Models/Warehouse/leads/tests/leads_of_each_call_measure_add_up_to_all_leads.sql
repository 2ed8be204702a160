with all_leads as (

    select count(*) as leads, count(*) filter (where is_customer) as customers
    from {{ ref('fct_lead_conversion') }}

),

measures as (

    select call_measure, sum(leads) as leads, sum(customers) as customers
    from {{ ref('dm_calls_conversion') }}
    group by call_measure

)

select measures.*
from measures
cross join all_leads
where measures.leads <> all_leads.leads
    or measures.customers <> all_leads.customers
