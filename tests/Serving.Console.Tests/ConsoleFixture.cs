using Ingestion.Loading;
using Ingestion.Worker.Settings;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Models.Engine;
using Models.Migrations;
using Models.Postgres.Roles;
using Npgsql;
using Serving.Api.Configuration;
using Serving.Api.Tests;

namespace Serving.Console.Tests;

/// <summary>
/// One warehouse with runs, tests, loads, marts and a champion, the API under its own login, and one browser, for all tests. The
/// tables are made by their owners' scripts.
/// </summary>
public sealed class ConsoleFixture(PostgresFixture postgres) : IAsyncLifetime
{
    public static readonly Guid FailedRun = new("01a224b8-0a74-72c8-829d-d6e568e69eea");
    public static readonly Guid GoodRun = new("01a224b8-09f9-7b55-85a6-d0a82fab0c5d");
    public static readonly Guid ModelRun = new("88a1a877-9330-455e-8df3-c54066bd7f1a");

    /// <summary>Would be noticed if it were ever markup.</summary>
    public const string Payload = "<img src=x onerror=alert(1)></script><script>alert(2)</script>";

    private static readonly Dictionary<WarehouseLogin, string> s_passwords = Enum.GetValues<WarehouseLogin>().ToDictionary(login => login, _ => "of this test");

    private readonly DirectoryInfo _manifests = Directory.CreateTempSubdirectory("leadline-console");
    private Warehouse _warehouse = null!;
    private ConsoleService _service = null!;

    /// <summary>Where the console is.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Null where the machine has none.</summary>
    public Browser? Browser { get; private set; }

    public HttpClient Client { get; } = new(new HttpClientHandler { AllowAutoRedirect = false });

    public async ValueTask InitializeAsync()
    {
        _warehouse = await Warehouse.CreateAsync(postgres);
        await using (var source = NpgsqlDataSource.Create(_warehouse.ConnectionString))
        {
            await OwnTables.Of(typeof(IngestionOptions).Assembly, "ingestion", "run_migrations").EnsureAsync(source, default);
            await OwnTables.Of(typeof(TableLoader).Assembly, "ingestion", "batch_migrations").EnsureAsync(source, default);
            await OwnTables.Of(typeof(RunOptions).Assembly, "leadline", "history_migrations").EnsureAsync(source, default);
        }

        await _warehouse.ExecuteAsync(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "seed.sql")));
        await _warehouse.MakeRolesAsync(s_passwords, "dev_test_features", "dev_test_data_mart");
        await _warehouse.TrainAsync(As(WarehouseLogin.Training));

        foreach (var (i, manifest) in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "manifests"), "*.json", SearchOption.AllDirectories).Index())
            File.Copy(manifest, Path.Combine(_manifests.FullName, $"{i}.json"));
        File.Copy(Path.Combine(AppContext.BaseDirectory, "payload.json"), Path.Combine(_manifests.FullName, "payload.json"));
        await File.WriteAllTextAsync(Path.Combine(_manifests.FullName, "broken.json"), "{");

        _service = new ConsoleService(As(WarehouseLogin.Api), _manifests.FullName);
        Address = _service.Address;
        Client.BaseAddress = Address;
        Browser = await Browser.StartAsync();
    }

    /// <summary>A console on another database of the same server.</summary>
    public async Task<ConsoleService> OnEmptyWarehouseAsync(params (string Key, string Value)[] settings) =>
        new(await postgres.Server.CreateDatabaseAsync(default), Path.Combine(_manifests.FullName, "none"), settings);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (Browser is not null)
            await Browser.DisposeAsync();
        if (_service is not null)
            await _service.DisposeAsync();
        if (_warehouse is not null)
            await _warehouse.DisposeAsync();
        _manifests.Delete(recursive: true);
    }

    private string As(WarehouseLogin login) => new NpgsqlConnectionStringBuilder(_warehouse.ConnectionString)
    {
        Username = WarehouseRoles.NameOf(login),
        Password = s_passwords[login],
    }.ConnectionString;
}

[CollectionDefinition(Name)]
public sealed class ConsoleTests : ICollectionFixture<ConsoleFixture>
{
    public const string Name = "console";
}

/// <summary>The API as its Program starts it, on a port of its own, so that a browser can reach it.</summary>
public sealed class ConsoleService : WebApplicationFactory<ServingOptions>
{
    private readonly string _connectionString;
    private readonly string _manifests;
    private readonly (string Key, string Value)[] _settings;

    public ConsoleService(string connectionString, string manifests, params (string Key, string Value)[] settings)
    {
        (_connectionString, _manifests, _settings) = (connectionString, manifests, settings);
        UseKestrel(0);
        StartServer();
        Address = ClientOptions.BaseAddress;
    }

    public Uri Address { get; }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("ConnectionStrings:warehouse", _connectionString);
        builder.UseSetting("Console:Manifests", _manifests);
        foreach (var (key, value) in _settings)
            builder.UseSetting(key, value);
    }
}
