using Models.Postgres.Clusters;
using Models.Postgres.Roles;
using Npgsql;

namespace Models.Postgres.Tests;

/// <summary>A server with a database that has roles, and in it what was created before there were any.</summary>
public sealed class RolesFixture : IAsyncLifetime
{
    public const string Target = "dev_test";

    public static IReadOnlyDictionary<WarehouseLogin, string> Passwords { get; } =
        Enum.GetValues<WarehouseLogin>().ToDictionary(login => login, login => $"it's {login}");

    public PostgresServer Server { get; private set; } = null!;

    public string Administrator { get; private set; } = "";

    /// <summary>A source of the worker on the same server, as the superuser.</summary>
    public string Products => new NpgsqlConnectionStringBuilder(Administrator) { Database = "products", Pooling = false }.ConnectionString;

    public async ValueTask InitializeAsync()
    {
        Server = await PostgresServer.StartAsync(new PostgresServerOptions(), default);
        Administrator = await Server.CreateDatabaseAsync(default);
        await Sql.ScalarAsync(
            Administrator,
            $"""
            create schema raw;
            create table raw.contacts as select 1 as contact_id;
            create schema {Target}_features;
            create table {Target}_features.lead_features as select 1 as contact_id;
            create schema {Target}_staging;
            create view {Target}_staging.stg_contacts as select * from raw.contacts;
            create materialized view {Target}_staging.counts as select count(*) from raw.contacts;
            create function {Target}_staging.twice(n integer) returns integer language sql as 'select 2 * n';
            create schema serving;
            create table serving.models (version integer generated always as identity, artifact bytea);
            create table {Target}_staging.keyed (id serial primary key);
            create sequence {Target}_staging.numbers;
            create type {Target}_staging.mood as enum ('good', 'bad');
            create schema {Target};
            create table {Target}.plain as select 1 as n;
            create table serving.predictions (contact_id bigint);
            create schema private;
            create table private.notes as select 'secret' as note;
            """);
        await Sql.ScalarAsync(Administrator, "create database products");
        await Sql.ScalarAsync(Products, "create table cars as select 1 as id");
        await EnsureAsync(Passwords);
        await SetReadableAsync(Administrator, [$"{Target}_features", $"{Target}_data_mart"], []);
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    public Task EnsureAsync(IReadOnlyDictionary<WarehouseLogin, string> passwords) =>
        WarehouseRoles.EnsureAsync(Administrator, new RoleSettings(Target, passwords) { IsOwnServer = true }, default);

    /// <summary>What the worker does before a build.</summary>
    public static async Task SetReadableAsync(string database, string[] readable, string[] unreadable)
    {
        await using var worker = new NpgsqlConnection(As(WarehouseLogin.Worker, database));
        await worker.OpenAsync();
        await using var transaction = await worker.BeginTransactionAsync();
        await ReadableSchemas.SetAsync(worker, readable, unreadable, default);
        await transaction.CommitAsync();
    }

    public string As(WarehouseLogin login) => As(login, Administrator);

    public static string As(WarehouseLogin login, string database) => new NpgsqlConnectionStringBuilder(database)
    {
        Username = WarehouseRoles.NameOf(login),
        Password = Passwords[login],
        Pooling = false,
    }.ConnectionString;
}
