namespace Models.Warehouse.Tests.Growth;

/// <summary>A few users, each of whom is a case, in two loads: the second corrects, repeats and adds.</summary>
internal static class GrowthCases
{
    public const string FirstLoad =
        """
        insert into raw.conversions (userid, registration_time) values
            ('click', '2024-01-31 23:59:59'), ('click late', '2024-02-01 12:00'), ('impression', '2024-02-01 12:00'),
            ('impression late', '2024-02-01 12:00'), ('organic', '2024-02-01 12:00'), ('organic late', '2024-02-01 12:00'),
            ('direct', '2024-04-01 12:00'), ('email', '2024-04-01 12:00'), ('none', '2024-04-01 12:00'), ('unpaid', '2024-04-01 12:00'),
            ('moves', '2024-04-02 12:00'),
            ('nowhere', '2024-04-02 12:00'),
            -- registered twice in one file
            ('twice', '2024-04-03 13:00'), ('twice', '2024-04-03 12:00');

        insert into raw.sessions (userid, time_started, is_paid, medium) values
            -- to the second at the end of the lifespan, and a second beyond it
            ('click', '2024-01-31 20:59:59', true, 'PAID SEARCH'), ('click', '2024-01-31 23:00', true, 'IMPRESSION'),
            ('click', '2024-01-31 23:59:59', false, 'DIRECT'),
            ('click late', '2024-02-01 08:59:59', true, 'PAID SEARCH'),
            ('impression', '2024-02-01 11:00', true, 'IMPRESSION'), ('impression', '2024-02-01 11:30', false, 'ORGANIC SEARCH'),
            ('impression late', '2024-02-01 10:59:59', true, 'IMPRESSION'),
            ('organic', '2024-02-01 00:00', false, 'ORGANIC SEARCH'), ('organic', '2024-02-01 11:00', false, 'DIRECT'),
            ('organic late', '2024-01-31 23:59:59', false, 'ORGANIC SEARCH'), ('organic late', '2024-01-01 00:00', false, 'DIRECT'),
            ('direct', '2024-03-01 11:00', false, 'DIRECT'), ('direct', '2024-03-31 11:00', false, 'EMAIL'),
            ('email', '2024-03-31 11:00', false, 'EMAIL'), ('email', '2024-03-30 11:00', false, null),
            ('unpaid', '2024-04-01 11:00', false, 'PAID SEARCH'),
            -- after the registration
            ('email', '2024-04-01 12:00:01', true, 'PAID SEARCH'), ('none', '2024-04-01 12:30', false, 'DIRECT'),
            ('moves', '2024-04-02 10:00', true, 'PAID SEARCH'),
            ('twice', '2024-04-03 12:30', false, 'DIRECT'), ('twice', '2024-04-03 11:30', false, 'DIRECT'),
            -- never registers, and the same session twice
            ('visitor', '2024-04-03 12:30', false, 'DIRECT'), ('visitor', '2024-04-03 12:30', false, 'DIRECT'),
            -- two at the same moment
            ('direct', '2024-03-01 11:00', false, 'REFERRAL');
        """;

    public const string SecondLoad =
        """
        insert into raw.conversions (userid, registration_time) values
            -- corrected, so that the click is too old
            ('moves', '2024-04-02 13:00:01'), ('visitor', '2024-05-01 12:00'), ('click', '2024-01-31 23:59:59');

        insert into raw.sessions (userid, time_started, is_paid, medium) values
            -- repeated, written in another way
            ('visitor', '2024-04-03 12:30', false, ' direct '), ('click', '2024-01-31 20:59:59', true, 'PAID SEARCH'),
            -- comes late, and changes what won
            ('email', '2024-04-01 11:30', true, 'IMPRESSION'), ('visitor', '2024-05-01 11:00', false, 'PODCAST');
        """;
}
