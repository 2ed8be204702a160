{{ config(indexes=[{'columns': ['category_name'], 'unique': true}]) }}

select
    category_name,
    category_name_english,
    orders,
    items,
    sales,
    round(sales / nullif(sum(sales) over (), 0), 4) as share,
    rank() over (order by sales desc) as place
from {{ ref('int_sales_by_category') }}
