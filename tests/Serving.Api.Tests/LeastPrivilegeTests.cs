using Models.Postgres.Roles;
using Npgsql;

namespace Serving.Api.Tests;

/// <summary>The API under its own login, which may read features and the registry, add predictions, and nothing else.</summary>
public sealed class LeastPrivilegeTests(PostgresFixture postgres)
{
    private static readonly Dictionary<WarehouseLogin, string> s_passwords =
        Enum.GetValues<WarehouseLogin>().ToDictionary(login => login, _ => "of this test");

    [Fact]
    public async Task Everything_the_api_answers_it_answers_as_its_own_login()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await warehouse.TrainAsync();
        await warehouse.MakeRolesAsync(s_passwords, "dev_test_features");
        await using var service = new Service(ConnectionString(warehouse, WarehouseLogin.Api));

        (await service.PredictAsync(7)).Status.ShouldBe(200);
        (await service.GetAsync("/features/7")).Status.ShouldBe(200);
        (await service.GetAsync("/models")).Status.ShouldBe(200);
        (await service.GetAsync("/models/champion")).Status.ShouldBe(200);
        (await service.HealthAsync()).ShouldBe(200);
        (await warehouse.PredictionsAsync(1)).ShouldHaveSingleItem().Entity.ShouldBe("7");
    }

    [Fact]
    public async Task A_training_as_its_own_login_gives_the_api_a_champion()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await warehouse.MakeRolesAsync(s_passwords, "dev_test_features");

        await warehouse.TrainAsync(ConnectionString(warehouse, WarehouseLogin.Training));
        await using var service = new Service(ConnectionString(warehouse, WarehouseLogin.Api));

        (await service.PredictAsync(7)).Status.ShouldBe(200);
        (await warehouse.PredictionsAsync(1)).ShouldHaveSingleItem().Entity.ShouldBe("7");
    }

    private static string ConnectionString(Warehouse warehouse, WarehouseLogin login) => new NpgsqlConnectionStringBuilder(warehouse.ConnectionString)
    {
        Username = WarehouseRoles.NameOf(login),
        Password = s_passwords[login],
    }.ConnectionString;
}
