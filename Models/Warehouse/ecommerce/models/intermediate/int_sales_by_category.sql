select
    products.category_name,
    products.category_name_english,
    count(distinct items.order_id) as orders,
    count(*) as items,
    sum(items.price) as sales
from {{ ref('stg_order_items') }} as items
join {{ ref('stg_products') }} as products using (product_id)
group by products.category_name, products.category_name_english
