{# Each purchase as the newest version has it, with the price and the make of the product. #}
with versions as (
{{ leadline_vault.current_version(ref('sat_purchases'), 'purchase_hk') }}
)

select
    link.id as purchase_id,
    link.user_hk,
    link.product_hk,
    versions.added_to_cart_at,
    versions.purchased_at,
    versions.returned_at,
    products.make,
    products.year,
    products.price
from {{ ref('link_purchases') }} as link
join versions using (purchase_hk)
left join {{ ref('current_products') }} as products using (product_hk)
