{{ config(indexes=[{'columns': ['year'], 'unique': true}]) }}

select
    year,
    count(*) as products,
    round(avg(price), 2) as average_price,
    min(price) as lowest_price,
    max(price) as highest_price
from {{ ref('current_products') }}
group by year
