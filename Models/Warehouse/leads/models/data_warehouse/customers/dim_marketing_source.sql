select marketing_source from {{ ref('dim_lead') }} where not is_test
union
select marketing_source from {{ ref('fct_customers') }}
union
select marketing_source from {{ ref('dim_marketing_cost') }}
