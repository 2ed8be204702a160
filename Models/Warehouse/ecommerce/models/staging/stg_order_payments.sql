select order_id, sum(payment_value) as paid, count(*) as payments
from {{ ref('order_payments') }}
group by order_id
