select
    products.product_id,
    coalesce(products.category_name, 'unknown') as category_name,
    coalesce(categories.category_name_english, 'unknown') as category_name_english
from {{ ref('products') }} as products
left join {{ ref('categories') }} as categories using (category_name)
