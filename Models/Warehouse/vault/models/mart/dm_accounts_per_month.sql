{{ config(indexes=[{'columns': ['month'], 'unique': true}]) }}

with opened as (

    select {{ month_of('created_at') }} as month, count(*) as new_accounts
    from {{ ref('current_users') }}
    group by 1

)

select
    month::date as month,
    coalesce(opened.new_accounts, 0) as new_accounts,
    sum(coalesce(opened.new_accounts, 0)) over (order by month) as accounts
from generate_series((select min(month) from opened)::timestamp, (select max(month) from opened)::timestamp, interval '1 month') as months (month)
left join opened using (month)
