{{ config(indexes=[{'columns': ['month'], 'unique': true}]) }}

with purchases as (

    select added_to_cart_at, purchased_at, returned_at, price from {{ ref('current_purchases') }}

),

events as (

    select {{ month_of('added_to_cart_at') }} as month, 1 as carts, 0 as purchases, 0::numeric as income, 0 as returns
    from purchases
    where added_to_cart_at is not null
    union all
    select {{ month_of('purchased_at') }}, 0, 1, coalesce(price, 0), 0
    from purchases
    where purchased_at is not null
    union all
    select {{ month_of('returned_at') }}, 0, 0, 0, 1
    from purchases
    where returned_at is not null

),

months as (

    select month::date as month
    from generate_series(
        (select min(month) from events)::timestamp, (select max(month) from events)::timestamp, interval '1 month'
    ) as series (month)

),

figures as (

    select
        months.month,
        coalesce(sum(events.carts), 0) as carts,
        coalesce(sum(events.purchases), 0) as purchases,
        coalesce(sum(events.income), 0) as income,
        coalesce(sum(events.returns), 0) as returns
    from months
    left join events using (month)
    group by months.month

)

select
    month,
    carts,
    {{ change('carts') }} as carts_change,
    {{ change_share('carts') }} as carts_change_share,
    purchases,
    {{ change('purchases') }} as purchases_change,
    {{ change_share('purchases') }} as purchases_change_share,
    income,
    {{ change('income') }} as income_change,
    {{ change_share('income') }} as income_change_share,
    returns,
    {{ change('returns') }} as returns_change,
    {{ change_share('returns') }} as returns_change_share
from figures
