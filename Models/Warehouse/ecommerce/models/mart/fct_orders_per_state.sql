{{ config(indexes=[{'columns': ['state'], 'unique': true}]) }}

select
    state,
    orders,
    customers,
    round(orders / nullif(sum(orders) over (), 0), 4) as share
from {{ ref('int_orders_per_state') }}
