namespace Models.Warehouse.Tests.VaultPackage;

/// <summary>
/// The package leadline_vault in a project of its own: whatever the order in which records come, the tables say the same of every moment, and a load
/// that is repeated adds nothing.
/// </summary>
public sealed class VaultPackageTests(PostgresFixture postgres)
{
    private static readonly string[] s_tables =
        ["hub_contacts", "hub_partners", "link_partners", "calls", "sat_contacts", "names", "eff_partners", "sat_phones"];

    private static readonly Dictionary<char, string> s_loads = new()
    {
        ['A'] = "('c1', 'Ann', 'P1', '1', '2024-01-01'), ('c1', 'Ann', 'P1', '2', '2024-01-01'), ('c2', 'Bob', 'P1', '5', '2024-01-01'), "
            + "('c3', 'Cy', 'P1', '7', '2024-01-01'), (' ', 'no key', 'P1', '8', '2024-01-01')",
        // c1 is as in A, which is no change unless C is there; c3 has no partner any more
        ['B'] = "('c1', 'Ann', 'P1', '1', '2024-02-01'), ('c1', 'Ann', 'P1', '2', '2024-02-01'), ('c2 ', 'Bobby', 'P2', '5', '2024-02-01'), "
            + "('c2', 'Bobby', 'P2', '6', '2024-02-01'), ('c3', 'Cy', null, '7', '2024-02-01')",
        // between A and B
        ['C'] = "('c1', 'Anna', 'P2', '1', '2024-01-15'), ('c2', 'Bob', 'P1', '5', '2024-01-20')",
    };

    [Theory]
    [InlineData("ABC")]
    [InlineData("ACB")]
    [InlineData("BAC")]
    [InlineData("BCA")]
    [InlineData("CAB")]
    [InlineData("CBA")]
    public async Task Records_may_come_in_any_order_and_nothing_is_ever_changed_or_added_twice(string order)
    {
        await using var warehouse = await CreateAsync();
        foreach (var load in order)
        {
            var before = await AllRowsAsync(warehouse);
            await LoadAndBuildAsync(warehouse, load);
            before.Except(await AllRowsAsync(warehouse)).ShouldBeEmpty();
        }

        (await warehouse.RowsAsync(
            """
            select concat_ws(' ', to_char(pit.moment at time zone 'UTC', 'MM-DD'), hub.id, sat.name,
                (select string_agg(phone, '+' order by phone) from "check".sat_phones as phones
                    where phones.contact_hk = pit.contact_hk and phones.effective_from = phones_effective_from and phones.load_date = phones_load_date),
                (select string_agg(partner, '+') from "check".bridge join "check".hub_partners using (partner_hk)
                    where bridge.contact_hk = pit.contact_hk and bridge.moment = pit.moment))
            from "check".pit
            join "check".hub_contacts as hub using (contact_hk)
            join "check".sat_contacts as sat
                on sat.contact_hk = pit.contact_hk and sat.effective_from = name_effective_from and sat.load_date = name_load_date
            order by trim(hub.id), pit.moment
            """)).Select(row => row.Replace("  ", " ", StringComparison.Ordinal)).ShouldBe(
        [
            "01-10 c1 Ann 1+2 P1", "01-16 c1 Anna 1 P2", "02-10 c1 Ann 1+2 P1",
            "01-10 c2 Bob 5 P1", "01-16 c2 Bob 5 P1", "02-10 c2 Bobby 5+6 P2",
            "01-10 c3 Cy 7 P1", "01-16 c3 Cy 7 P1", "02-10 c3 Cy 7",
        ]);
        (await warehouse.RowsAsync("""select count(*) || ' ' || count(distinct octet_length(contact_hk)) || ' ' || min(octet_length(contact_hk)) from "check".hub_contacts"""))
            .ShouldBe(["3 1 32"]);
        (await warehouse.RowsAsync("""select (select count(*) from "check".link_partners) || ' ' || (select count(*) from "check".calls)""")).ShouldBe(["5 5"]);

        var all = await AllRowsAsync(warehouse);
        await LoadAndBuildAsync(warehouse, 'B');
        (await AllRowsAsync(warehouse)).ShouldBe(all);
    }

    [Fact]
    public async Task A_correction_of_the_same_moment_counts_from_its_load_on()
    {
        await using var warehouse = await CreateAsync();
        await LoadAndBuildAsync(warehouse, 'A');
        await LoadAndBuildAsync(warehouse, "('c1', 'Amy', 'P2', '1', '2024-01-01')");

        (await warehouse.RowsAsync("""select name from "check".sat_contacts where name like 'A%' order by effective_from, load_date""")).ShouldBe(["Ann", "Amy"]);
        (await warehouse.RowsAsync(
            """
            select partner from "check".bridge join "check".hub_partners using (partner_hk) join "check".hub_contacts using (contact_hk)
            where id = 'c1' and moment = '2024-01-10 00:00+00'
            """)).ShouldBe(["P2"]);
    }

    private async Task<TestWarehouse> CreateAsync()
    {
        var project = Path.Combine(Repository.Root, "tests", "Models.Warehouse.Tests", "VaultPackage", "project");
        var warehouse = await TestWarehouse.CreateForFolderAsync(postgres, project);
        await warehouse.ExecuteAsync(
            """
            create table raw.contacts (id text, name text, partner text, phone text, changed_at timestamptz, loaded_at timestamptz default clock_timestamp());
            create table raw.moments (moment timestamptz);
            insert into raw.moments values ('2023-12-01 00:00+00'), ('2024-01-10 00:00+00'), ('2024-01-16 00:00+00'), ('2024-02-10 00:00+00');
            """);
        return warehouse;
    }

    private static Task LoadAndBuildAsync(TestWarehouse warehouse, char load) => LoadAndBuildAsync(warehouse, s_loads[load]);

    private static async Task LoadAndBuildAsync(TestWarehouse warehouse, string rows)
    {
        await warehouse.ExecuteAsync(
            $"""
            insert into raw.contacts (id, name, partner, phone, changed_at, loaded_at)
            select id, name, partner, phone, changed_at::timestamp at time zone 'UTC', now()
            from (values {rows}) as records (id, name, partner, phone, changed_at)
            """);
        await warehouse.BuildWellAsync();
    }

    private static async Task<IReadOnlyList<string>> AllRowsAsync(TestWarehouse warehouse)
    {
        var rows = new List<string>();
        foreach (var table in s_tables)
        {
            if ((await warehouse.RowsAsync($"select to_regclass('check.{table}') is not null")).Single() == "True")
                rows.AddRange(await warehouse.RowsAsync($"""select '{table} ' || t::text from "check".{table} as t order by 1"""));
        }

        return rows;
    }
}
