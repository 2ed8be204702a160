select
    marketing_source,
    count(*) as leads,
    count(*) filter (where is_customer) as customers,
    {{ ratio('count(*) filter (where is_customer)', 'count(*)') }} as conversion_rate,
    {{ ratio('sum(days_to_customer)', 'count(days_to_customer)', digits=1) }} as average_days_to_customer
from {{ ref('fct_lead_conversion') }}
group by marketing_source
