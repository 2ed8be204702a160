namespace Models.Warehouse.Tests.Vault;

/// <summary>A few records of a shop, each of which is a case, in three loads that may come in any order.</summary>
internal static class ShopCases
{
    public const string FirstLoad =
        """
        insert into raw.users (id, name, gender, age, nationality, academic_degree, created_at, updated_at) values
            (1, 'Ann', 'Female', 29, 'Peru', 'Master', '2023-11-30 23:30-05', '2024-01-01 00:00Z'),
            (2, 'Bob', 'Male', 30, 'Peru', 'Master', '2024-01-05 00:00Z', '2024-01-05 00:00Z'),
            (3, 'Cy', null, null, null, null, '2024-04-01 00:00Z', '2024-04-01 00:00Z');
        insert into raw.products (id, make, model, year, price, created_at) values
            (1, 'Ford', 'Focus', 2001, 10, '2023-01-01 00:00Z'), (2, 'Kia', 'Rio', 2001, 12.5, '2023-01-02 00:00Z'),
            (3, 'Seat', 'Ibiza', 1999, 7, '2023-01-03 00:00Z');
        insert into raw.purchases (id, product_id, user_id, added_to_cart_at, purchased_at, returned_at) values
            (1, 1, 1, '2024-01-31 23:59Z', '2024-02-01 00:01Z', null),
            (2, 2, 1, '2024-01-31 10:00Z', null, null),
            -- nothing in March, bought in April
            (3, 1, 2, '2024-02-10 10:00Z', '2024-04-02 10:00Z', null);
        """;

    public const string SecondLoad =
        """
        insert into raw.users (id, name, gender, age, nationality, academic_degree, created_at, updated_at) values
            -- as before, and later
            (1, 'Ann', 'Female', 29, 'Peru', 'Master', '2023-11-30 23:30-05', '2024-03-01 00:00Z'),
            (2, 'Bob', 'Male', 31, 'Chad', 'Doctorate', '2024-01-05 00:00Z', '2024-03-05 00:00Z');
        insert into raw.products (id, make, model, year, price, created_at) values
            (4, 'Kia', 'Ceed', 2005, 20, '2023-02-01 00:00Z');
        insert into raw.purchases (id, product_id, user_id, added_to_cart_at, purchased_at, returned_at) values
            -- sent back
            (1, 1, 1, '2024-01-31 23:59Z', '2024-02-01 00:01Z', '2024-02-11 12:01Z'),
            -- bought
            (2, 2, 1, '2024-01-31 10:00Z', '2024-02-03 10:00Z', null),
            (4, 4, 2, '2024-05-01 10:00Z', '2024-05-02 10:00Z', null);
        """;

    /// <summary>What was true between the other two.</summary>
    public const string LateLoad =
        """
        insert into raw.users (id, name, gender, age, nationality, academic_degree, created_at, updated_at) values
            (1, 'Anna', 'Other', 29, 'Mali', 'None', '2023-11-30 23:30-05', '2024-02-01 00:00Z');
        insert into raw.products (id, make, model, year, price, created_at) values
            (2, 'Kia', 'Rio', 2001, 12.5, '2023-01-02 00:00Z');
        """;
}
