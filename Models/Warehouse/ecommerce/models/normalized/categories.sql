{# Every category that a product has or that is translated; one without a translation keeps its own name. #}
select
    category_name,
    coalesce(translations.product_category_name_english, category_name) as category_name_english
from (
    select product_category_name as category_name from {{ source('raw', 'market_products') }} where product_category_name is not null
    union
    select product_category_name from {{ source('raw', 'market_category_translation') }}
) as named
left join {{ source('raw', 'market_category_translation') }} as translations on translations.product_category_name = named.category_name
