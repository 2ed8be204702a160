select by_category.sales, by_order.sales as sales_of_orders
from (select sum(sales) as sales from {{ ref('fct_sales_by_category') }}) as by_category
cross join (select sum(sales) as sales from {{ ref('fct_orders') }}) as by_order
where coalesce(by_category.sales, 0) <> coalesce(by_order.sales, 0)
