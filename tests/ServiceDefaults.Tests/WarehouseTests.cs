using Models.Postgres;
using Models.Postgres.Clusters;
using ServiceDefaults.Warehouse;

namespace ServiceDefaults.Tests;

public sealed class WarehouseTests
{
    [Theory]
    [InlineData("", "set ConnectionStrings__warehouse")]
    [InlineData("Hst=localhost", "malformed at 'hst'")]
    [InlineData("Host=localhost;Port=many", "malformed at 'port'")]
    [InlineData("localhost", "not a list of 'Keyword=value' parts")]
    [InlineData("Database=mart;Username=me", "names no server")]
    [InlineData("Host=127.0.0.1;Port=1;Database=mart;Username=me", "The warehouse 'mart' at 127.0.0.1:1 cannot be reached")]
    public async Task A_connection_string_that_leads_nowhere_is_one_clear_line(string connectionString, string expected)
    {
        var service = new TestService($"--ConnectionStrings:warehouse={connectionString}");
        service.Builder.AddWarehouse();

        (await service.RunAsync()).ShouldBe(1);

        service.Lines.Single().ShouldContain(expected);
        service.Lines.Single().ShouldNotContain('\n');
    }

    [Fact]
    public async Task A_wrong_password_is_one_clear_line()
    {
        await using var server = await PostgresServer.StartAsync(new PostgresServerOptions(), TestContext.Current.CancellationToken);
        var service = new TestService($"--ConnectionStrings:warehouse={server.ConnectionString()};Password=guess");
        service.Builder.AddWarehouse();

        (await service.RunAsync()).ShouldBe(1);

        service.Lines.Single().ShouldContain("password authentication failed");
    }

    [Fact]
    public async Task A_service_is_healthy_while_its_warehouse_answers()
    {
        await using var server = await PostgresServer.StartAsync(new PostgresServerOptions(), TestContext.Current.CancellationToken);
        var service = new TestService($"--ConnectionStrings:warehouse={server.ConnectionString()}");
        service.Builder.AddWarehouse();
        var answer = "";

        var exitCode = await service.RunAsync(async address =>
        {
            using var client = new HttpClient { BaseAddress = address };
            answer = await client.GetStringAsync("/health", TestContext.Current.CancellationToken);
        });

        exitCode.ShouldBe(0);
        answer.ShouldBe("Healthy");
    }
}
