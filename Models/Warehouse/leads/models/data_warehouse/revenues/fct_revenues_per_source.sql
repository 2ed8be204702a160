select
    sources.marketing_source,
    count(revenues.contact_id) as customers,
    count(revenues.contact_id) filter (where revenues.expected_revenue is null) as customers_without_revenue,
    coalesce(sum(revenues.expected_revenue), 0) as expected_revenue
from {{ ref('dim_marketing_source') }} as sources
left join {{ ref('fct_revenues') }} as revenues using (marketing_source)
group by sources.marketing_source
