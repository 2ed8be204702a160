-- the foreign keys need these tables first
-- depends_on: {{ ref('orders') }}
select order_id, payment_sequential, payment_type, payment_installments, payment_value
from {{ source('raw', 'market_order_payments') }}
