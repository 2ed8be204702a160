{{ config(indexes=[{'columns': ['make'], 'unique': true}]) }}

with products as (

    select make, count(*) as products from {{ ref('current_products') }} group by make

),

purchases as (

    select make, count(*) as purchases, sum(price) as income, count(returned_at) as returns
    from {{ ref('current_purchases') }}
    where purchased_at is not null
    group by make

)

select
    rank() over (order by coalesce(purchases.purchases, 0) desc) as place,
    products.make,
    products.products,
    coalesce(purchases.purchases, 0) as purchases,
    coalesce(purchases.income, 0) as income,
    coalesce(purchases.returns, 0) as returns
from products
left join purchases using (make)
