using Models.Engine;
using Models.Postgres;
using Models.Postgres.Clusters;
using Models.Postgres.Roles;
using Npgsql;

namespace Models.Runner.Tests;

/// <summary>Who may read a schema that a blue/green build has swapped in: those who could read the one before it.</summary>
public sealed class SchemaRightsTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_schema_that_is_swapped_in_has_the_rights_of_the_one_before_it()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        var (reader, other) = ($"reader_{Guid.NewGuid():N}", $"The Other's {Guid.NewGuid():N}");
        project.Model("t", "{{ config(materialized='table') }} select 1 as id")
            .Model("grows", "{{ config(materialized='incremental') }} select id from {{ ref('t') }}");
        (await project.BuildAsync()).ShouldSucceed();
        await project.ExecuteAsync(
            $"""
            create role {reader};
            create role "{other}";
            grant usage on schema dev to {reader}, public;
            grant create on schema dev to "{other}" with grant option;
            alter default privileges in schema dev grant select on tables to {reader};
            alter default privileges in schema dev grant insert on tables to "{other}" with grant option;
            alter default privileges in schema dev grant usage on sequences to public;
            """);

        (await project.RunAsync(new RunOptions { Verb = RunVerb.Build, Compile = project.Options(), BlueGreen = true })).ShouldSucceed();

        (await project.RowsAsync("select distinct table_name || ' ' || grantee || ' ' || privilege_type || ' ' || is_grantable from information_schema.role_table_grants "
            + $"where table_schema = 'dev' and grantee in ('{reader}', '{other.Replace("'", "''")}') order by 1"))
            .ShouldBe([$"grows {reader} SELECT NO", $"grows {other} INSERT YES", $"t {reader} SELECT NO", $"t {other} INSERT YES"], ignoreOrder: true);
        (await project.RowsAsync($"select has_schema_privilege('{reader}', 'dev', 'usage'), has_schema_privilege('{reader}', 'dev', 'create'), "
            + $"has_schema_privilege('{other.Replace("'", "''")}', 'dev', 'create with grant option')")).ShouldBe(["True|False|True"]);
        (await project.ScalarAsync("select count(*) from pg_default_acl where defaclnamespace = 'dev'::regnamespace")).ShouldBe("2");
        await project.ExecuteAsync($"drop owned by {reader}, \"{other}\"");
    }

    [Fact]
    public async Task A_reader_of_the_warehouse_reads_what_the_worker_has_swapped_in()
    {
        await using var server = await PostgresServer.StartAsync(new PostgresServerOptions(), TestContext.Current.CancellationToken);
        await using var project = await TestProject.CreateAsync(server);
        var passwords = Enum.GetValues<WarehouseLogin>().ToDictionary(login => login, _ => "of this test");
        await WarehouseRoles.EnsureAsync(project.ConnectionString, new RoleSettings("dev", passwords), TestContext.Current.CancellationToken);
        await using (var connection = new NpgsqlConnection(As(project, WarehouseLogin.Worker)))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
            await ReadableSchemas.SetAsync(connection, ["dev_features"], [], TestContext.Current.CancellationToken);
            await transaction.CommitAsync(TestContext.Current.CancellationToken);
        }

        project.Model("lead_features", "{{ config(materialized='table', schema='features') }} select 1 as contact_id");
        var asWorker = project.Options() with { ConnectionString = As(project, WarehouseLogin.Worker) };
        await RunAsync(blueGreen: false);

        await RunAsync(blueGreen: true);
        await RunAsync(blueGreen: true);

        await using var source = NpgsqlDataSource.Create(As(project, WarehouseLogin.Api));
        await using var command = source.CreateCommand("select count(*) from dev_features.lead_features");
        (await command.ExecuteScalarAsync(TestContext.Current.CancellationToken)).ShouldBe(1L);

        async Task RunAsync(bool blueGreen) =>
            (await project.RunAsync(new RunOptions { Verb = RunVerb.Build, Compile = asWorker, BlueGreen = blueGreen })).ShouldSucceed();
    }

    private static string As(TestProject project, WarehouseLogin login) => new NpgsqlConnectionStringBuilder(project.ConnectionString)
    {
        Username = WarehouseRoles.NameOf(login),
        Password = "of this test",
        Pooling = false,
    }.ConnectionString;
}
