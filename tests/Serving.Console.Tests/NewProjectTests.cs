using Ingestion.Worker.Tests;
using Models.Postgres.Roles;
using Npgsql;
using Serving.Api.Tests;

namespace Serving.Console.Tests;

/// <summary>A project that the application does not know: files in a folder of their own are all that it takes, until the console shows its mart.</summary>
public sealed class NewProjectTests(PostgresFixture postgres) : IDisposable
{
    private static readonly Dictionary<WarehouseLogin, string> s_passwords = Enum.GetValues<WarehouseLogin>().ToDictionary(login => login, _ => "of this test");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leadline-new-project-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_project_in_a_folder_of_its_own_is_loaded_and_built_and_its_mart_is_read_by_the_console_until_that_is_taken_back()
    {
        var database = await postgres.Server.CreateDatabaseAsync(default);
        await WarehouseRoles.EnsureAsync(database, new RoleSettings("dev_new", s_passwords), default);
        AddProject("shop", "readable: shop_mart\n");
        AddProject("stall", "readable: stall_mart\n");

        await RunWorkerAsync(database);

        Directory.CreateDirectory(File("manifests"));
        System.IO.File.Copy(File("artifacts/shop/manifest.json"), File("manifests/shop.json"));
        await using (var console = new ConsoleService(As(WarehouseLogin.Api, database), File("manifests")))
        {
            using var client = new HttpClient { BaseAddress = console.Address };
            var page = await client.GetStringAsync("/console/marts/model.shop.orders_per_state", TestContext.Current.CancellationToken);
            page.ShouldContain("&quot;dev_new_shop_mart&quot;.&quot;orders_per_state&quot;");
            page.ShouldContain("2 rows");
        }

        (await ReadsAsync(database, "dev_new_shop_mart.orders_per_state")).ShouldBeTrue();
        (await ReadsAsync(database, "dev_new_stall_mart.orders_per_state")).ShouldBeTrue();
        (await ReadsAsync(database, "dev_new_shop_staging.stg_orders")).ShouldBeFalse();
        (await ReadsAsync(database, "raw.shop_orders")).ShouldBeFalse();

        AddProject("shop", "");
        Directory.Delete(File("projects/stall"), recursive: true);
        await RunWorkerAsync(database);

        (await ReadsAsync(database, "dev_new_shop_mart.orders_per_state")).ShouldBeFalse();
        (await ReadsAsync(database, "dev_new_stall_mart.orders_per_state")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_readable_schema_that_no_model_is_built_into_ends_the_run_with_a_line_that_says_where_it_is_named()
    {
        var database = await postgres.Server.CreateDatabaseAsync(default);
        await WarehouseRoles.EnsureAsync(database, new RoleSettings("dev_new", s_passwords), default);
        AddProject("shop", "readable: [shop_mart, shop_marts]\n");

        await using var worker = StartWorker(database);
        (await worker.WaitForExitAsync()).ShouldBe(1);

        worker.Output.ShouldContain(
            "pipeline.yml(1,23): error MDL6620: No model of the project is built into schema 'shop_marts'; did you mean 'shop_mart'?; " +
            "'readable' names schemas as the models' configuration 'schema' does: shop_mart, shop_staging");
        (await ReadsAsync(database, "dev_new_shop_mart.orders_per_state")).ShouldBeFalse();
    }

    private void AddProject(string name, string readable)
    {
        Write($"projects/{name}/pipeline.yml", readable + "steps:\n  - ingest: all\n  - build: all\n");
        Write($"projects/{name}/dbt_project.yml",
            $$"""
            name: {{name}}
            version: "1.0.0"
            profile: {{name}}
            models:
              {{name}}:
                staging: {+schema: {{name}}_staging, +materialized: view}
                mart: {+schema: {{name}}_mart, +materialized: table}
            """);
        Write($"projects/{name}/profiles.yml",
            $$"""
            {{name}}:
              target: dev
              outputs:
                dev: {type: postgres, host: localhost, port: 5432, user: me, password: x, dbname: x, schema: dev, threads: 2}
            """);
        Write($"projects/{name}/contracts/orders.yml",
            $$"""
            name: {{name}}_orders
            format: csv
            file: {{name}}/orders.csv
            fields:
              - {name: id, type: bigint, required: true}
              - {name: state, type: text, required: true}
            """);
        Write($"projects/{name}/models/sources.yml",
            $$$"""
            sources:
              - name: raw
                tables:
                  - name: {{{name}}}_orders
                    meta: {leadline: {contract: contracts/orders.yml}}
            """);
        Write($"projects/{name}/models/staging/stg_orders.sql", $$$"""select id, state from {{ source('raw', '{{{name}}}_orders') }}""");
        Write($"projects/{name}/models/mart/orders_per_state.sql", "select state, count(*) as orders from {{ ref('stg_orders') }} group by state");
        Write($"data/{name}/orders.csv", "id,state\n1,SP\n2,SP\n3,RJ\n");
    }

    private async Task RunWorkerAsync(string database)
    {
        await using var worker = StartWorker(database);
        await worker.WaitUntilHealthyAsync();
    }

    private WorkerProcess StartWorker(string database) => WorkerProcess.Start(
        ("ConnectionStrings__warehouse", As(WarehouseLogin.Worker, database)),
        ("Leadline__Projects", File("projects")),
        ("Leadline__Data", File("data")),
        ("Leadline__Artifacts", File("artifacts")));

    private static async Task<bool> ReadsAsync(string database, string table)
    {
        await using var source = NpgsqlDataSource.Create(As(WarehouseLogin.Api, database));
        await using var command = source.CreateCommand($"select count(*) from {table}");
        try
        {
            return await command.ExecuteScalarAsync() is long and > 0;
        }
        catch (PostgresException refused) when (refused.SqlState is PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.UndefinedTable)
        {
            return false;
        }
    }

    private static string As(WarehouseLogin login, string database) => new NpgsqlConnectionStringBuilder(database)
    {
        Username = WarehouseRoles.NameOf(login),
        Password = s_passwords[login],
        SearchPath = "dev_new",
        Pooling = false,
    }.ConnectionString;

    private string File(string name) => Path.Combine(_folder.FullName, name);

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File(name))!);
        System.IO.File.WriteAllText(File(name), text);
    }
}
