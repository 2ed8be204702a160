{# Each product as the newest version has it. #}
with versions as (
{{ leadline_vault.current_version(ref('sat_products'), 'product_hk') }}
)

select hub.id as product_id, {% for column in product_columns() %}versions.{{ column }}, {% endfor %}hub.product_hk
from {{ ref('hub_products') }} as hub
join versions using (product_hk)
