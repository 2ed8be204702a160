using Models.Postgres.Clusters;
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
    [InlineData("insert into serving.predictions values (1)")]
    public Task The_api_reads_features_and_the_registry_and_adds_predictions(string sql) => RunAsync(As(WarehouseLogin.Api), sql);

    [Theory]
    [InlineData($"insert into {Target}_features.lead_features values (2)")]
    [InlineData($"delete from {Target}_features.lead_features")]
    [InlineData("insert into serving.models (artifact) values ('')")]
    [InlineData("update serving.models set artifact = null")]
    [InlineData("delete from serving.predictions")]
    [InlineData("update serving.predictions set contact_id = 2")]
    [InlineData("truncate serving.predictions")]
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
            insert into {Target}_staging.keyed default values;
            select nextval('{Target}_staging.numbers');
            alter type {Target}_staging.mood add value 'fair';
            create table {Target}.plain_next (like {Target}.plain);
            drop table {Target}.plain;
            select count(*) from serving.models;
            create table {Target}_data_mart.dm_contacts as select * from raw.contacts;
            """);

        (await Sql.ScalarAsync(As(WarehouseLogin.Api), $"select count(*) from {Target}_features.lead_features")).ShouldBe(2L);
        (await Sql.ScalarAsync(As(WarehouseLogin.Api), $"select count(*) from {Target}_data_mart.dm_contacts")).ShouldBe(2L);
        (await Should.ThrowAsync<PostgresException>(() => RunAsync(As(WarehouseLogin.Worker), "select pg_read_file('/etc/passwd')")))
            .SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task The_worker_reads_and_extends_a_source_that_the_superuser_made_on_the_same_server()
    {
        var worker = RolesFixture.As(WarehouseLogin.Worker, warehouse.Products);

        (await Sql.ScalarAsync(worker, "select count(*) from cars")).ShouldBe(1L);
        await RunAsync(worker, "create table bikes as select 1 as id");
    }

    [Fact]
    public async Task Nothing_of_the_services_stays_the_superuser_s()
    {
        var left = await Sql.ScalarAsync(
            warehouse.Administrator,
            $"""
            select string_agg(c.oid::regclass::text, ', ')
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where (n.nspname in ('raw', 'serving', '{Target}') or n.nspname like '{Target}\_%')
                and (pg_get_userbyid(c.relowner) = current_user or pg_get_userbyid(n.nspowner) = current_user)
            """);

        left.ShouldBe(DBNull.Value);
    }

    [Fact]
    public async Task One_who_may_create_roles_and_owns_the_database_makes_them_too_and_leaves_the_database_to_its_users()
    {
        await using var server = await PostgresServer.StartAsync(new PostgresServerOptions(), default);
        var superuser = await server.CreateDatabaseAsync(default);
        await RunAsync(
            superuser,
            """
            create role me login createrole password 'mine';
            create role reporting login password 'theirs';
            do $$ begin execute format('alter database %I owner to me', current_database()); end $$;
            """);
        var me = As("me", "mine", superuser);
        await RunAsync(me, "create schema raw; create table raw.contacts as select 1 as contact_id");

        await WarehouseRoles.EnsureAsync(me, new RoleSettings("prod", RolesFixture.Passwords), default);
        await WarehouseRoles.EnsureAsync(me, new RoleSettings("prod", RolesFixture.Passwords), default);

        await RolesFixture.SetReadableAsync(superuser, ["prod_features"], []);
        await RunAsync(RolesFixture.As(WarehouseLogin.Worker, superuser), "create table prod_features.lead_features as select * from raw.contacts");
        await RunAsync(RolesFixture.As(WarehouseLogin.Api, superuser), "select * from prod_features.lead_features");
        await RunAsync(As("reporting", "theirs", superuser), "select 1");
    }

    [Theory]
    [InlineData("create role me login password 'mine'")]
    [InlineData("create role me login createrole password 'mine'")]
    [InlineData("create role me login createrole password 'mine'; do $$ begin execute format('grant create on database %I to me', current_database()); end $$")]
    public async Task One_who_may_not_give_the_rights_is_refused_and_nothing_is_changed(string user)
    {
        await using var server = await PostgresServer.StartAsync(new PostgresServerOptions(), default);
        var superuser = await server.CreateDatabaseAsync(default);
        await RunAsync(superuser, user);

        var refusal = await Should.ThrowAsync<PostgresException>(
            () => WarehouseRoles.EnsureAsync(As("me", "mine", superuser), new RoleSettings("prod", RolesFixture.Passwords), default));

        refusal.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege, refusal.MessageText);
        (await Sql.ScalarAsync(superuser, "select count(*) from pg_roles where rolname like 'leadline%'")).ShouldBe(0L);
    }

    [Fact]
    public async Task A_password_that_cannot_be_set_is_shown_nowhere()
    {
        await using var server = await PostgresServer.StartAsync(new PostgresServerOptions(), default);
        var superuser = await server.CreateDatabaseAsync(default);
        await RunAsync(superuser, "create role me login createrole password 'mine'; create role leadline_api superuser");

        var refusal = await Should.ThrowAsync<PostgresException>(
            () => WarehouseRoles.EnsureAsync(As("me", "mine", superuser), new RoleSettings("prod", RolesFixture.Passwords), default));

        refusal.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        refusal.ToString().ShouldNotContain(RolesFixture.Passwords[WarehouseLogin.Api].Replace("'", "''"));
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
        (await Should.ThrowAsync<PostgresException>(() => RunAsync(training, "select * from raw.contacts"))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        (await Should.ThrowAsync<PostgresException>(() => RunAsync(training, $"delete from {Target}_features.lead_features"))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task Roles_are_made_any_number_of_times_and_for_several_databases_at_once()
    {
        var others = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => warehouse.Server.CreateDatabaseAsync(default)));

        await Task.WhenAll(others.Select(other => WarehouseRoles.EnsureAsync(other, new RoleSettings("prod", RolesFixture.Passwords), default))
            .Append(WarehouseRoles.EnsureAsync(warehouse.Administrator, new RoleSettings(Target, RolesFixture.Passwords), default)));

        foreach (var other in others)
            await RunAsync(RolesFixture.As(WarehouseLogin.Worker, other), "create schema prod_features");
    }

    [Fact]
    public async Task A_schema_that_is_declared_as_readable_is_read_by_the_api_until_it_is_taken_out()
    {
        var database = await warehouse.Server.CreateDatabaseAsync(default);
        await WarehouseRoles.EnsureAsync(database, new RoleSettings("prod", RolesFixture.Passwords), default);
        var (worker, api) = (RolesFixture.As(WarehouseLogin.Worker, database), RolesFixture.As(WarehouseLogin.Api, database));
        await RunAsync(worker, "create schema prod_shop; create table prod_shop.orders as select 1 as id; create schema prod_secret");

        // several at once, as workers that start
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => RolesFixture.SetReadableAsync(database, ["prod_shop", "prod's mart"], [])));
        await RunAsync(worker, "create table prod_shop.later as select 1 as id; create view \"prod's mart\".v as select * from prod_shop.orders");
        await RunAsync(worker, "create table prod_secret.t as select 1 as id");

        await RunAsync(api, "select * from prod_shop.orders, prod_shop.later, \"prod's mart\".v");
        (await RefusalAsync(api, "select * from prod_secret.t")).ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        (await RefusalAsync(api, "insert into prod_shop.orders values (2)")).ShouldBe(PostgresErrorCodes.InsufficientPrivilege);

        await RolesFixture.SetReadableAsync(database, ["prod's mart"], ["prod_shop", "prod_gone"]);
        await RunAsync(worker, "create table prod_shop.latest as select 1 as id; grant usage on schema prod_shop to leadline_reader");

        await RunAsync(api, "select * from \"prod's mart\".v");
        foreach (var table in (string[])["orders", "later", "latest"])
            (await RefusalAsync(api, $"select * from prod_shop.{table}")).ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task The_schema_of_another_user_cannot_be_made_readable()
    {
        var database = await warehouse.Server.CreateDatabaseAsync(default);
        await WarehouseRoles.EnsureAsync(database, new RoleSettings("prod", RolesFixture.Passwords), default);
        await RunAsync(database, "create role somebody; create schema prod_mart authorization somebody");

        var refusal = await Should.ThrowAsync<PostgresException>(() => RolesFixture.SetReadableAsync(database, ["prod_first", "prod_mart"], []));

        refusal.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        refusal.MessageText.ShouldBe(
            "only the owner of schema \"prod_mart\", \"somebody\", can let others read it; hand it over by: alter schema prod_mart owner to leadline_worker");
        (await Sql.ScalarAsync(database, "select to_regnamespace('prod_first') is null")).ShouldBe(true);
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

    private static async Task<string> RefusalAsync(string connectionString, string sql) =>
        (await Should.ThrowAsync<PostgresException>(() => RunAsync(connectionString, sql))).SqlState;

    private string As(WarehouseLogin login) => warehouse.As(login);

    private static string As(string user, string password, string database) =>
        new NpgsqlConnectionStringBuilder(database) { Username = user, Password = password, Pooling = false }.ConnectionString;

    private static Task RunAsync(string connectionString, string sql) => Sql.ScalarAsync(connectionString, sql);
}
