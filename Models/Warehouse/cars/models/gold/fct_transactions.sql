{{
    config(indexes=[
        {'columns': ['transaction_id'], 'unique': true},
        {'columns': ['client_id']},
        {'columns': ['brand']},
        {'columns': ['model']},
    ])
}}

select
    transactions.transaction_id,
    transactions.client_id,
    transactions.car_id,
    coalesce(cars.brand, 'Unknown') as brand,
    coalesce(cars.model, 'Unknown') as model,
    transactions.sold_at_utc,
    transactions.sold_at_cet,
    date_trunc('month', transactions.sold_at_cet)::date as month,
    transactions.quantity,
    transactions.price,
    transactions.turnover,
    cars.list_price,
    cars.list_price * transactions.quantity as market_value
from {{ ref('stg_transactions') }} as transactions
left join {{ ref('dim_cars') }} as cars using (car_id)
