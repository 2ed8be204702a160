{{ config(indexes=[{'columns': ['gender', 'age_group'], 'unique': true}]) }}

select
    coalesce(gender, 'Unknown') as gender,
    coalesce(age / 10 * 10 || ' to ' || age / 10 * 10 + 9, 'Unknown') as age_group,
    count(*) as users,
    round(avg(age), 1) as average_age
from {{ ref('current_users') }}
group by 1, 2
