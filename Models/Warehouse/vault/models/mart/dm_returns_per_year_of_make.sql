{{ config(indexes=[{'columns': ['year'], 'unique': true}]) }}

select
    year,
    count(*) as purchases,
    count(returned_at) as returns,
    {{ ratio('count(returned_at)', 'count(*)') }} as return_rate,
    round(avg(extract(epoch from returned_at - purchased_at)) / 86400, 2) as average_days_to_return
from {{ ref('current_purchases') }}
where purchased_at is not null
    and year is not null
group by year
