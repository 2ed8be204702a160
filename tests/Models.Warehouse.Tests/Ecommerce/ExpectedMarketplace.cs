namespace Models.Warehouse.Tests.Ecommerce;

/// <summary>What the facts of the marketplace must hold, worked out from raw alone and in another way than the models do: by a question for each row.</summary>
internal static class ExpectedMarketplace
{
    public static IReadOnlyDictionary<string, string> Queries { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["fct_sales_by_category"] =
            """
            with item as (
                select i.*, coalesce((select product_category_name from raw.market_products p where p.product_id = i.product_id), 'unknown') as category
                from raw.market_order_items i
            ), sold as (
                select category, count(distinct order_id) as orders, count(*) as items, sum(price) as sales from item group by category
            )
            select category,
                coalesce((select product_category_name_english from raw.market_category_translation t where t.product_category_name = category), category),
                orders, items, sales, round(sales / (select sum(price) from raw.market_order_items), 4),
                1 + (select count(*) from sold better where better.sales > sold.sales)
            from sold
            """,
        ["fct_delivery_time"] =
            """
            with delivered as (
                select *, to_char(order_purchase_timestamp, 'YYYY-MM') as month,
                    extract(epoch from order_delivered_customer_date) - extract(epoch from order_purchase_timestamp) as seconds
                from raw.market_orders where order_delivered_customer_date is not null
            )
            select to_date(month, 'YYYY-MM'), count(*), round(sum(seconds) / count(*) / 60, 2), round(sum(seconds) / count(*) / 3600, 2),
                round(sum(seconds) / count(*) / 86400, 2), count(*) filter (where order_delivered_customer_date > order_estimated_delivery_date)
            from delivered group by month
            union all
            select null, count(*), round(sum(seconds) / count(*) / 60, 2), round(sum(seconds) / count(*) / 3600, 2),
                round(sum(seconds) / count(*) / 86400, 2), count(*) filter (where order_delivered_customer_date > order_estimated_delivery_date)
            from delivered having count(*) > 0
            """,
        ["fct_orders_per_state"] =
            """
            select distinct coalesce(customer_state, 'unknown'),
                (select count(*) from raw.market_orders o join raw.market_customers q using (customer_id)
                    where q.customer_state is not distinct from c.customer_state),
                (select count(distinct q.customer_unique_id) from raw.market_orders o join raw.market_customers q using (customer_id)
                    where q.customer_state is not distinct from c.customer_state),
                round((select count(*) from raw.market_orders o join raw.market_customers q using (customer_id)
                    where q.customer_state is not distinct from c.customer_state) / (select count(*) from raw.market_orders)::numeric, 4)
            from raw.market_customers c
            where exists (select 1 from raw.market_orders o where o.customer_id = c.customer_id)
            """,
        ["fct_orders"] =
            """
            select order_id, customer_unique_id, coalesce(customer_state, 'unknown'), order_status, order_purchase_timestamp,
                (select count(*) from raw.market_order_items i where i.order_id = o.order_id),
                coalesce((select sum(price) from raw.market_order_items i where i.order_id = o.order_id), 0),
                coalesce((select sum(freight_value) from raw.market_order_items i where i.order_id = o.order_id), 0),
                coalesce((select sum(payment_value) from raw.market_order_payments p where p.order_id = o.order_id), 0),
                (select round(sum(review_score)::numeric / count(*), 2) from raw.market_order_reviews r where r.order_id = o.order_id having count(*) > 0),
                round(extract(epoch from order_delivered_customer_date - order_purchase_timestamp) / 86400, 2),
                order_delivered_customer_date > order_estimated_delivery_date
            from raw.market_orders o join raw.market_customers c on c.customer_id = o.customer_id
            """,
    };
}
