select month, client_id, brand, model
from {{ ref('fct_transactions_month') }}
group by month, client_id, brand, model
having count(*) > 1
