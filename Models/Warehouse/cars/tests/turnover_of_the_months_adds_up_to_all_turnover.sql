select sales.turnover, months.turnover as turnover_of_months
from (select sum(turnover) as turnover, sum(quantity) as quantity from {{ ref('fct_transactions') }}) as sales
cross join (select sum(turnover) as turnover, sum(quantity) as quantity from {{ ref('fct_transactions_month') }}) as months
where sales.turnover is distinct from months.turnover
    or sales.quantity is distinct from months.quantity
