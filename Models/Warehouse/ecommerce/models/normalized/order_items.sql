-- the foreign keys need these tables first
-- depends_on: {{ ref('orders') }}
-- depends_on: {{ ref('products') }}
-- depends_on: {{ ref('sellers') }}
select order_id, order_item_id, product_id, seller_id, shipping_limit_date as shipping_limit_at, price, freight_value
from {{ source('raw', 'market_order_items') }}
