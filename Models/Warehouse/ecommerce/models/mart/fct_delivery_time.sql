{{ config(indexes=[{'columns': ['purchase_month'], 'unique': true}]) }}

{# The row without a month is for all orders together. #}
select
    purchase_month,
    count(*) as orders,
    round(avg(delivery_minutes), 2) as average_minutes,
    round(avg(delivery_hours), 2) as average_hours,
    round(avg(delivery_days), 2) as average_days,
    count(*) filter (where is_late) as late_orders
from {{ ref('int_delivery_times') }}
group by grouping sets ((purchase_month), ())
having count(*) > 0
