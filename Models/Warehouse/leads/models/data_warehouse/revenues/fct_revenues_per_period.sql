select
    periods.period,
    count(revenues.contact_id) as customers,
    count(revenues.contact_id) filter (where revenues.expected_revenue is null) as customers_without_revenue,
    coalesce(sum(revenues.expected_revenue), 0) as expected_revenue
from {{ ref('dim_period') }} as periods
left join {{ ref('fct_revenues') }} as revenues on revenues.customer_period = periods.period
group by periods.period
