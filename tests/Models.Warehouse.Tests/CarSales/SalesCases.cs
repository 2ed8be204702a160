namespace Models.Warehouse.Tests.CarSales;

/// <summary>A few sales, each of which is a case, in two loads: the second corrects, repeats and adds.</summary>
internal static class SalesCases
{
    public const string FirstLoad =
        """
        insert into raw.cars (car_id, car_make, car_model, price) values
            (1, 'Ford', 'Focus', 20000), (2, 'Ford', 'Fiesta', 15000.5),
            -- another car of the same brand and model
            (3, 'Ford', 'Focus', 21000);

        insert into raw.clients (client_id, name, email) values
            (1, 'Ann', 'ann@old.example'), (2, 'Ben', 'ben@old.example'), (3, 'Never', 'never@buys.example');

        insert into raw.transactions (transaction_id, product_id, client_id, quantity, price, timestamp) values
            (1, 1, 1, 1, 19000, '2023-11-15 10:00'),
            -- still January in universal time, February in Europe
            (2, 1, 1, 2, 18500.25, '2024-01-31 23:30'),
            (3, 3, 1, 1, 20500, '2024-02-10 12:00'),
            (4, 2, 2, 3, 14000, '2024-02-29 22:59:59'),
            -- both changes of the clocks
            (5, 2, 2, 1, 14000, '2024-03-31 00:59:59'), (6, 2, 2, 1, 14000, '2024-03-31 01:00:00'),
            (7, 2, 2, 1, 14000, '2024-10-27 00:59:59'), (8, 2, 2, 1, 14000, '2024-10-27 01:00:00'),
            -- the same row twice in one load
            (9, 1, 2, 1, 100, '2024-04-01 00:00'), (9, 1, 2, 1, 100, '2024-04-01 00:00');
        """;

    public const string SecondLoad =
        """
        insert into raw.cars (car_id, car_make, car_model, price) values (1, 'Ford', 'Focus', 19999), (2, 'Ford', 'Fiesta', 15000.5);

        insert into raw.clients (client_id, name, email) values (1, 'Ann', 'ann@new.example');

        insert into raw.transactions (transaction_id, product_id, client_id, quantity, price, timestamp) values
            (1, 1, 1, 1, 19000, '2023-11-15 10:00'),
            -- moved into another month, and to another client
            (3, 3, 2, 1, 20400, '2024-03-10 12:00'),
            -- in summer and late at night: the month after
            (10, 2, 1, 1, 14500, '2024-06-30 22:00');
        """;
}
