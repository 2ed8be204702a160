with periods as (

    select created_period as period from {{ ref('dim_lead') }} where not is_test
    union
    select customer_period from {{ ref('fct_customers') }}
    union
    select period from {{ ref('dim_marketing_cost') }}
    union
    select period from {{ ref('dim_sales_cost') }}

)

select
    period,
    extract(year from period)::integer as year,
    extract(month from period)::integer as month,
    (period + interval '1 month' - interval '1 day')::date as last_day
from periods
