using Models.Postgres.Roles;
using Npgsql;

namespace Models.Postgres.Tests;

/// <summary>What each login of a warehouse may do, tried on a server.</summary>
public sealed class WarehouseRolesTests(RolesFixture warehouse) : IClassFixture<RolesFixture>
{
    private const string Target = RolesFixture.Target;

    [Theory]
    [InlineData($"select * from {Target}_features.lead_features")]
    [InlineData("select * from serving.models")]
    public Task The_api_reads_features_and_the_registry(string sql) => RunAsync(As(WarehouseLogin.Api), sql);

    [Theory]
    [InlineData($"insert into {Target}_features.lead_features values (2)")]
    [InlineData($"delete from {Target}_features.lead_features")]
    [InlineData("insert into serving.models (artifact) values ('')")]
    [InlineData("update serving.models set artifact = null")]
    [InlineData("select * from raw.contacts")]
    [InlineData("select * from private.notes")]
    [InlineData($"select * from {Target}_staging.stg_contacts")]
    [InlineData("select pg_read_file('/etc/passwd')")]
    [InlineData("copy (select 1) to program 'cat'")]
    [InlineData("create schema mine")]
    [InlineData("create table public.mine (n integer)")]
    [InlineData("create temporary table mine (n integer)")]
    [InlineData("create role mine")]
    [InlineData("set role leadline_worker")]
    public async Task The_api_may_do_nothing_else(string sql)
    {
        var refusal = await Should.ThrowAsync<PostgresException>(() => RunAsync(As(WarehouseLogin.Api), sql));

        refusal.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege, refusal.MessageText);
    }

    [Fact]
    public async Task The_worker_works_with_what_the_superuser_created_and_the_api_reads_what_the_worker_swaps_in()
    {
        await RunAsync(
            As(WarehouseLogin.Worker),
            $"""
            insert into raw.contacts values (2);
            create schema if not exists raw;
            create schema {Target}_data_warehouse;
            create table {Target}_features.lead_features__next as select * from raw.contacts;
            drop table {Target}_features.lead_features;
            alter table {Target}_features.lead_features__next rename to lead_features;
            create or replace view {Target}_staging.stg_contacts as select * from raw.contacts;
            refresh materialized view {Target}_staging.counts;
            create or replace function {Target}_staging.twice(n integer) returns integer language sql as 'select n + n';
            create table {Target}_data_mart.dm_contacts as select * from raw.contacts;
            """);

        (await Sql.ScalarAsync(As(WarehouseLogin.Api), $"select count(*) from {Target}_features.lead_features")).ShouldBe(2L);
        (await Sql.ScalarAsync(As(WarehouseLogin.Api), $"select count(*) from {Target}_data_mart.dm_contacts")).ShouldBe(2L);
        (await Should.ThrowAsync<PostgresException>(() => RunAsync(As(WarehouseLogin.Worker), "select pg_read_file('/etc/passwd')")))
            .SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task Training_writes_the_registry_and_reads_features_alone()
    {
        var training = As(WarehouseLogin.Training);
        await RunAsync(
            training,
            $"""
            alter table serving.models add column if not exists artifact_sha256 bytea;
            insert into serving.models (artifact) select '' from {Target}_features.lead_features;
            create table serving.runs (id integer);
            """);

        await RunAsync(As(WarehouseLogin.Api), "select * from serving.runs");
        (await Should.ThrowAsync<PostgresException>(() => RunAsync(training, "select * from raw.contacts"))).SqlState.ShouldBe(
            PostgresErrorCodes.InsufficientPrivilege);
        (await Should.ThrowAsync<PostgresException>(() => RunAsync(training, $"delete from {Target}_features.lead_features"))).SqlState.ShouldBe(
            PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task Roles_are_made_any_number_of_times_and_for_several_databases_at_once()
    {
        var others = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => warehouse.Server.CreateDatabaseAsync(default)));

        await Task.WhenAll(others.Select(other => WarehouseRoles.EnsureAsync(other, "prod", RolesFixture.Passwords, default))
            .Append(warehouse.EnsureAsync(RolesFixture.Passwords)));

        foreach (var other in others)
            await RunAsync(RolesFixture.As(WarehouseLogin.Worker, other), "create table prod_features.lead_features as select 1 as contact_id");
    }

    [Fact]
    public async Task A_changed_password_is_taken_over()
    {
        await warehouse.EnsureAsync(RolesFixture.Passwords.ToDictionary(entry => entry.Key, entry => $"new {entry.Value}"));

        var refusal = await Should.ThrowAsync<PostgresException>(() => RunAsync(As(WarehouseLogin.Api), "select 1"));

        refusal.SqlState.ShouldBe(PostgresErrorCodes.InvalidPassword);
        await warehouse.EnsureAsync(RolesFixture.Passwords);
        await RunAsync(As(WarehouseLogin.Api), "select 1");
    }

    private string As(WarehouseLogin login) => warehouse.As(login);

    private static Task RunAsync(string connectionString, string sql) => Sql.ScalarAsync(connectionString, sql);
}
