namespace Models.Warehouse.Tests.LeadFunnel;

/// <summary>A few contacts, each of whom is a case, in two loads: the second corrects, repeats and adds.</summary>
internal static class FunnelCases
{
    public const string FirstLoad =
        """
        insert into raw.lead_dataset (contact_id, marketing_source, create_date, known_city, message_length, test_flag) values
            (1, 'Google', '2023-01-03 08:00', true, 10, null),
            -- the same row twice
            (2, 'Google', '2023-01-04 09:00', false, null, null),
            (2, 'Google', '2023-01-04 09:00', false, null, null),
            -- asked twice: the lead was created when it asked first
            (3, 'Meta', '2023-02-05 10:00', true, 30, null),
            (3, 'Google', '2023-01-31 23:59', true, 31, null),
            -- a test, and it even became a customer
            (4, 'Meta', '2023-01-06 11:00', true, 40, true),
            -- no source
            (5, null, '2023-02-07 12:00', null, 50, null),
            -- created last year, customer this year
            (6, 'Other', '2022-11-08 13:00', true, 60, null),
            (7, 'Other', '2022-11-30 23:59:59', true, 70, null),
            -- corrected in the second load
            (8, 'Meta', '2023-02-09 14:00', true, 80, null),
            -- turns out to be a test in the second load
            (9, 'Meta', '2023-02-10 15:00', true, 90, null),
            -- ends and beginnings of the call ranges
            (20, 'Google', '2023-02-11 16:00', true, 1, null), (21, 'Google', '2023-02-11 16:01', true, 1, null),
            (22, 'Google', '2023-02-11 16:02', true, 1, null), (23, 'Google', '2023-02-11 16:03', true, 1, null),
            (24, 'Google', '2023-02-11 16:04', true, 1, null), (25, 'Google', '2023-02-11 16:05', true, 1, null),
            (26, 'Google', '2023-02-11 16:06', true, 1, null), (27, 'Google', '2023-02-11 16:07', true, 1, null);

        insert into raw.call_dataset (contact_id, trial_booked, trial_date, call_attempts, total_call_duration, calls_30) values
            (1, true, '2023-01-05', 12, 7200.5, 4),
            (2, false, null, 0, 0, 0),
            (3, true, '2023-02-06', 41, 36000, 21),
            (4, true, '2023-01-07', 12, 7200, 4),
            (6, false, null, 31, 100, 15),
            (8, false, null, 5, 50, 1),
            (20, false, null, 10, 10, 3), (21, true, '2023-02-12', 11, 10, 4),
            (22, false, null, 20, 10, 10), (23, true, '2023-02-12', 21, 10, 11),
            (24, false, null, 30, 10, 14), (25, true, '2023-02-12', 31, 10, 15),
            (26, false, null, 40, 10, 20), (27, true, '2023-02-12', 41, 10, 21);

        insert into raw.customer_dataset (contact_id, customer_date, contract_length) values
            (1, '2023-01-10', 6),
            -- the same row twice
            (2, '2023-02-01', 12), (2, '2023-02-01', 12),
            -- won once, by the first date
            (3, '2023-03-15', 12), (3, '2023-02-28', 6),
            (4, '2023-01-11', 6),
            -- a contract of unknown length, and one without a value
            (6, '2023-01-12', null),
            (7, '2022-12-31', 48),
            (21, '2023-03-01', 12), (23, '2023-03-02', 24), (25, '2023-02-11', 6),
            -- the contract is older than the lead
            (22, '2023-01-31', 6),
            -- a customer whose lead is not on record
            (30, '2023-02-14', 24);

        insert into raw.clv_dataset (contract_length, avg_clv) values (6, 654.06), (12, 891.36), (24, 1058.11);

        insert into raw.marketing_costs_dataset (date, marketing_source, marketing_costs) values
            ('2022-11-01', 'Google', 100.125), ('2022-11-01', 'Other', 50),
            ('2023-01-01', 'Google', 300), ('2023-01-01', 'Meta', 200.5), ('2023-01-01', 'Other', 80),
            ('2023-02-01', 'Google', 310), ('2023-02-01', 'Meta', 210), ('2023-02-01', 'Other', 0),
            -- money without leads or customers, in a month of its own
            ('2023-05-01', 'Print', 75);

        insert into raw.sales_cost_dataset (year_month, total_sales_costs, trial_costs) values
            -- none for November; none of the leads is of April
            ('2022-12-01', 900, 90), ('2023-01-01', 1000, 100), ('2023-02-01', 1100, 110), ('2023-03-01', 0, 0), ('2023-04-01', 500, 0);
        """;

    public const string SecondLoad =
        """
        insert into raw.lead_dataset (contact_id, marketing_source, create_date, known_city, message_length, test_flag) values
            -- unchanged
            (1, 'Google', '2023-01-03 08:00', true, 10, null),
            -- another source, another month
            (8, 'Other', '2023-01-09 14:00', true, 80, null),
            (9, 'Meta', '2023-02-10 15:00', true, 90, true),
            -- new, in two rows of one load
            (10, 'Meta', '2023-03-01 00:00', false, 5, null), (10, 'Meta', '2023-03-02 00:00', false, 5, null);

        insert into raw.call_dataset (contact_id, trial_booked, trial_date, call_attempts, total_call_duration, calls_30) values
            (8, true, '2023-02-20', 25, 9000, 10), (10, false, null, 2, 20, 0);

        insert into raw.customer_dataset (contact_id, customer_date, contract_length) values
            -- moved, and its contract is known now
            (6, '2023-02-12', 12),
            -- both rows again, and a third
            (3, '2023-03-15', 12), (3, '2023-02-28', 6), (3, '2023-04-01', 24),
            (10, '2023-03-20', 12);

        insert into raw.clv_dataset (contract_length, avg_clv) values (12, 900);

        insert into raw.marketing_costs_dataset (date, marketing_source, marketing_costs) values
            ('2023-02-01', 'Google', 320), ('2022-12-01', 'Other', 60);

        insert into raw.sales_cost_dataset (year_month, total_sales_costs, trial_costs) values ('2023-02-01', 1200, 110);
        """;

    /// <summary>What the second load corrected goes back to what the first one said.</summary>
    public const string ThirdLoad =
        """
        insert into raw.lead_dataset (contact_id, marketing_source, create_date, known_city, message_length, test_flag) values
            (8, 'Meta', '2023-02-09 14:00', true, 80, null),
            (9, 'Meta', '2023-02-10 15:00', true, 90, null);

        insert into raw.customer_dataset (contact_id, customer_date, contract_length) values (6, '2023-01-12', null);

        insert into raw.clv_dataset (contract_length, avg_clv) values (12, 891.36);
        """;
}
