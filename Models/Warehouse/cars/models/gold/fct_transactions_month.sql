{{
    config(indexes=[
        {'columns': ['month', 'client_id', 'brand', 'model'], 'unique': true},
        {'columns': ['client_id']},
        {'columns': ['brand']},
        {'columns': ['model']},
    ])
}}

with months as (

    select month::date as month
    from generate_series(
        (select min(month) from {{ ref('fct_transactions') }})::timestamp,
        (select max(month) from {{ ref('fct_transactions') }})::timestamp,
        interval '1 month'
    ) as series (month)

),

clients as (

    select client_id from {{ ref('dim_clients') }}
    union
    select client_id from {{ ref('fct_transactions') }}

),

cars as (

    select brand, model from {{ ref('dim_cars') }}
    union
    select brand, model from {{ ref('fct_transactions') }}

),

sales as (

    select
        month,
        client_id,
        brand,
        model,
        count(*) as transactions,
        sum(quantity) as quantity,
        sum(turnover) as turnover,
        sum(market_value) as market_value
    from {{ ref('fct_transactions') }}
    group by month, client_id, brand, model

)

select
    month,
    client_id,
    brand,
    model,
    sales.transactions,
    {{ last_month('sales.transactions') }} as transactions_last_month,
    sales.quantity,
    {{ last_month('sales.quantity') }} as quantity_last_month,
    sales.turnover,
    {{ last_month('sales.turnover') }} as turnover_last_month,
    sales.market_value,
    {{ last_month('sales.market_value') }} as market_value_last_month
from months
cross join clients
cross join cars
left join sales using (month, client_id, brand, model)
