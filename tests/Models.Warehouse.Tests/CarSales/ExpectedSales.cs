namespace Models.Warehouse.Tests.CarSales;

/// <summary>
/// What the gold tables must hold, worked out from raw alone and in another way than the models do: local time by the European
/// rule for summer time, last month's figures by looking that month up.
/// </summary>
internal static class ExpectedSales
{
    /// <summary>The rows and columns of a table, in its order of columns.</summary>
    public static string Query(string table) => Sales + "\n" + Tables[table];

    public static IEnumerable<string> Names => Tables.Keys;

    private const string Sales =
        """
        with car as (
            select * from raw.cars c where not exists (
                select 1 from raw.cars n where n.car_id = c.car_id
                    and (n.meta_processing_time, n.meta_source_line) > (c.meta_processing_time, c.meta_source_line))
        ), client as (
            select * from raw.clients c where not exists (
                select 1 from raw.clients n where n.client_id = c.client_id
                    and (n.meta_processing_time, n.meta_source_line) > (c.meta_processing_time, c.meta_source_line))
        ), numbered as (
            select *, row_number() over (
                partition by transaction_id order by meta_processing_time desc, meta_source_line desc) as age
            from raw.transactions
        ), clock as (
            -- clocks change at 1:00 universal time on the last Sunday of March and of October
            select year,
                make_date(year, 3, 31) - extract(dow from make_date(year, 3, 31))::integer + time '01:00' as forward,
                make_date(year, 10, 31) - extract(dow from make_date(year, 10, 31))::integer + time '01:00' as back
            from generate_series(1996, 2100) as years (year)
        ), sale as (
            select t.transaction_id, t.client_id, t.product_id as car_id,
                coalesce((select car_make from car where car.car_id = t.product_id), 'Unknown') as brand,
                coalesce((select car_model from car where car.car_id = t.product_id), 'Unknown') as model,
                t.timestamp as utc,
                case when t.timestamp >= forward and t.timestamp < back
                    then t.timestamp + interval '2 hours' else t.timestamp + interval '1 hour' end as cet,
                t.quantity, t.price,
                (select price from car where car.car_id = t.product_id) as list_price
            from numbered t join clock on year = extract(year from t.timestamp)
            where age = 1
        ), cell as (
            select to_char(cet, 'YYYY-MM') as month, client_id, brand, model, count(*) as transactions, sum(quantity) as quantity,
                sum(quantity * price) as turnover, sum(quantity * list_price) as market_value
            from sale group by 1, 2, 3, 4
        )
        """;

    private static readonly Dictionary<string, string> Tables = new(StringComparer.Ordinal)
    {
        ["dim_cars"] = "select car_id, car_make, car_model, price from car",
        ["dim_clients"] = "select client_id, name, email from client",
        ["fct_transactions"] =
            """
            select transaction_id, client_id, car_id, brand, model, utc, cet, to_date(to_char(cet, 'YYYY-MM'), 'YYYY-MM'),
                quantity, price, quantity * price, list_price, quantity * list_price
            from sale
            """,
        ["fct_transactions_month"] =
            """
            , month as (
                select (select min(cet) from sale) as first, (select max(cet) from sale) as last
            ), grid as (
                select date '1996-01-01' + make_interval(months => number) as day, client_id, brand, model
                from generate_series(0, 1200) as numbers (number)
                cross join (select client_id from client union select client_id from sale) as clients
                cross join (select car_make as brand, car_model as model from car union select brand, model from sale) as cars
                where to_char(date '1996-01-01' + make_interval(months => number), 'YYYY-MM')
                    between (select to_char(first, 'YYYY-MM') from month) and (select to_char(last, 'YYYY-MM') from month)
            )
            select grid.day::date, grid.client_id, grid.brand, grid.model,
                now.transactions, before.transactions, now.quantity, before.quantity,
                now.turnover, before.turnover, now.market_value, before.market_value
            from grid
            left join cell as now
                on (now.month, now.client_id, now.brand, now.model)
                    = (to_char(day, 'YYYY-MM'), grid.client_id, grid.brand, grid.model)
            left join cell as before
                on (before.month, before.client_id, before.brand, before.model)
                    = (to_char(day - interval '1 month', 'YYYY-MM'), grid.client_id, grid.brand, grid.model)
            """,
    };
}
