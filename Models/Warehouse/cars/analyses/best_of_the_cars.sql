{# All turnover, and the month and the client that brought most of it. #}
with months as (
    select month, sum(turnover) as turnover from {{ ref('fct_transactions_month') }} group by month
),

clients as (
    select client_name, sum(turnover) as turnover
    from {{ ref('fct_transactions') }}
    join {{ ref('dim_clients') }} using (client_id)
    group by client_name
)

select
    (select sum(turnover) from {{ ref('fct_transactions') }}) as total_turnover,
    best_month.month as best_month,
    best_month.turnover as turnover_of_best_month,
    best_client.client_name as best_client,
    best_client.turnover as turnover_of_best_client
from (select * from months order by turnover desc nulls last, month limit 1) as best_month
cross join (select * from clients order by turnover desc, client_name limit 1) as best_client
