namespace Models.Warehouse.Tests.Vault;

public sealed class VaultTests(PostgresFixture postgres)
{
    [Theory]
    [InlineData(1, 2, 3)]
    [InlineData(2, 3, 1)]
    [InlineData(3, 2, 1)]
    public async Task Every_mart_is_what_raw_says_after_each_load_in_any_order(params int[] order)
    {
        await using var warehouse = await TestWarehouse.CreateAsync(postgres, "vault");
        await warehouse.CreateRawTablesAsync();
        foreach (var load in order)
        {
            await warehouse.LoadAsync(load switch { 1 => ShopCases.FirstLoad, 2 => ShopCases.SecondLoad, _ => ShopCases.LateLoad });
            await warehouse.BuildAsync();
        }

        await warehouse.BuildWellAsync();

        await EveryMartIsRight(warehouse);
        (await warehouse.RowsAsync(
            $"""
            select name from {warehouse.Relation("vault_business", "pit_users")} as pit
            join {warehouse.Relation("vault_raw", "hub_users")} using (user_hk)
            join {warehouse.Relation("vault_raw", "sat_users")} as sat
                on sat.user_hk = pit.user_hk and sat.effective_from = sat_users_effective_from and sat.load_date = sat_users_load_date
            where hub_users.id = 1 order by as_of
            """)).ShouldBe(["Ann", "Anna", "Ann", "Ann"]);

        var rows = await CountAsync();
        await warehouse.LoadAsync(ShopCases.SecondLoad);
        await warehouse.BuildWellAsync();
        (await CountAsync()).ShouldBe(rows);

        async Task<string> CountAsync() => (await warehouse.RowsAsync(
            $"""
            select concat_ws(' ', {string.Join(", ", ((string[])["hub_users", "hub_products", "link_purchases", "sat_users", "sat_products", "sat_purchases"])
                .Select(table => $"(select count(*) from {warehouse.Relation("vault_raw", table)})"))})
            """)).Single();
    }

    internal static async Task EveryMartIsRight(TestWarehouse warehouse)
    {
        var wrong = new List<string>();
        foreach (var mart in ExpectedVault.Names)
        {
            var differences = await warehouse.DifferencesAsync($"select * from {warehouse.Relation("vault_mart", mart)}", ExpectedVault.Query(mart));
            wrong.AddRange(differences.Select(difference => $"{mart}: {difference}"));
        }

        wrong.ShouldBeEmpty();
    }
}
