with per_period as (
    select sum(customers) as customers, sum(expected_revenue) as expected_revenue from {{ ref('dm_ser_per_period') }}
),

per_source as (
    select sum(customers) as customers, sum(expected_revenue) as expected_revenue from {{ ref('dm_ser_per_source') }}
)

select
    per_period.customers as customers_per_period,
    per_source.customers as customers_per_source,
    per_period.expected_revenue as revenue_per_period,
    per_source.expected_revenue as revenue_per_source
from per_period
cross join per_source
where per_period.customers is distinct from per_source.customers
    or per_period.expected_revenue is distinct from per_source.expected_revenue
