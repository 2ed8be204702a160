namespace Models.Warehouse.Tests.Vault;

/// <summary>
/// What each vault mart must hold, worked out from raw alone and in another way than the models do: of a record the one that no other is newer than,
/// months as texts, the month before by looking it up.
/// </summary>
internal static class ExpectedVault
{
    public static IEnumerable<string> Names => Marts.Keys;

    /// <summary>The rows and columns of a mart, in the mart's order of columns.</summary>
    public static string Query(string mart) => Figures + "\n" + Marts[mart];

    private const string Figures =
        """
        with u as (
            select * from raw.users a where not exists (select 1 from raw.users n
                where n.id = a.id and (n.updated_at, n.meta_processing_time) > (a.updated_at, a.meta_processing_time))
        ), p as (
            select * from raw.products a where not exists (select 1 from raw.products n
                where n.id = a.id and (n.created_at, n.meta_processing_time) > (a.created_at, a.meta_processing_time))
        ), b as (
            select * from raw.purchases a where not exists (select 1 from raw.purchases n
                where (n.id, n.user_id, n.product_id) = (a.id, a.user_id, a.product_id)
                    and (greatest(n.added_to_cart_at, n.purchased_at, n.returned_at), n.meta_processing_time)
                        > (greatest(a.added_to_cart_at, a.purchased_at, a.returned_at), a.meta_processing_time))
        ), j as (
            select b.*, p.make, p.year, p.price from b left join p on p.id = b.product_id
        ), calendar as (
            select to_char(date '1999-01-01' + make_interval(months => n), 'YYYY-MM') as m,
                to_char(date '1999-01-01' + make_interval(months => n - 1), 'YYYY-MM') as before
            from generate_series(0, 600) as n
        ), event as (
            select to_char(added_to_cart_at at time zone 'UTC', 'YYYY-MM') as m, 'cart' as what, 0::numeric as money from b
            union all select to_char(purchased_at at time zone 'UTC', 'YYYY-MM'), 'purchase', price from j where purchased_at is not null
            union all select to_char(returned_at at time zone 'UTC', 'YYYY-MM'), 'return', 0 from b where returned_at is not null
        ), monthly as (
            select calendar.m, before,
                (select count(*) from event where event.m = calendar.m and what = 'cart') as carts,
                (select count(*) from event where event.m = calendar.m and what = 'purchase') as purchases,
                (select coalesce(sum(money), 0) from event where event.m = calendar.m and what = 'purchase') as income,
                (select count(*) from event where event.m = calendar.m and what = 'return') as returns
            from calendar where calendar.m between (select min(m) from event) and (select max(m) from event)
        )
        """;

    private static readonly Dictionary<string, string> Marts = new(StringComparer.Ordinal)
    {
        ["dm_monthly_purchases"] =
            $"""
            select to_date(a.m, 'YYYY-MM'), {string.Join(", ", ((string[])["carts", "purchases", "income", "returns"]).Select(figure =>
                $"a.{figure}, a.{figure} - z.{figure}, round((a.{figure} - z.{figure})::numeric / nullif(z.{figure}, 0), 4)"))}
            from monthly a left join monthly z on z.m = a.before
            """,
        ["dm_top_makes"] =
            """
            , made as (
                select make, count(*) as products,
                    (select count(purchased_at) from j where j.make = p.make) as purchases,
                    (select coalesce(sum(price) filter (where purchased_at is not null), 0) from j where j.make = p.make) as income,
                    (select count(*) from j where j.make = p.make and returned_at is not null and purchased_at is not null) as returns
                from p group by make
            )
            select 1 + (select count(*) from made better where better.purchases > made.purchases), make, products, purchases, income, returns from made
            """,
        ["dm_returns_per_year_of_make"] =
            """
            select year, count(*), count(returned_at), round(count(returned_at)::numeric / count(*), 4),
                round(sum(extract(epoch from returned_at) - extract(epoch from purchased_at)) / nullif(count(returned_at), 0) / 86400, 2)
            from j where purchased_at is not null and year is not null group by year
            """,
        ["dm_price_per_year_of_make"] =
            """
            select distinct year,
                (select count(*) from p q where q.year = p.year),
                (select round(sum(price) / count(*), 2) from p q where q.year = p.year),
                (select price from p q where q.year = p.year order by price limit 1),
                (select price from p q where q.year = p.year order by price desc limit 1)
            from p
            """,
        ["dm_accounts_per_month"] =
            """
            select to_date(m, 'YYYY-MM'),
                (select count(*) from u where to_char(created_at at time zone 'UTC', 'YYYY-MM') = m),
                (select count(*) from u where to_char(created_at at time zone 'UTC', 'YYYY-MM') <= m)
            from calendar
            where m between (select min(to_char(created_at at time zone 'UTC', 'YYYY-MM')) from u)
                and (select max(to_char(created_at at time zone 'UTC', 'YYYY-MM')) from u)
            """,
        ["dm_age_per_gender"] =
            """
            select coalesce(gender, 'Unknown'), case when age is null then 'Unknown' else concat(age - age % 10, ' to ', age - age % 10 + 9) end,
                count(*), round(sum(age)::numeric / count(age), 1)
            from u group by 1, 2
            """,
        ["dm_nationality_per_degree"] =
            """
            , counted as (
                select coalesce(academic_degree, 'Unknown') as degree, coalesce(nationality, 'Unknown') as nationality, count(*) as users from u group by 1, 2
            )
            select degree, nationality, users, 1 + (select count(*) from counted more where more.degree = counted.degree and more.users > counted.users)
            from counted
            """,
    };
}
