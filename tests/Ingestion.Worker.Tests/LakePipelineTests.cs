using System.Text.Json;
using Npgsql;

namespace Ingestion.Worker.Tests;

/// <summary>Pipelines that extract a database into the lake and load the lake into the warehouse; files alone declare them.</summary>
public sealed class LakePipelineTests(PostgresFixture postgres)
{
    private const string Pipeline = """
        schedule: {at_start: false}
        steps:
          - name: extract
            extract: {connection: shop, tables: [users, sales.purchases], FORMATkeep: 2}
          - name: load
            load: {max_bad_records: 1}
        """;

    private const string Shop = """
        create table users (id int primary key, name text, email text, born date, created_at timestamptz, tags jsonb, ref uuid, active boolean);
        insert into users values
            (1, 'Ann "A"', 'ann@example.com', '1990-01-31', '2024-03-31 01:30:00.123456+00', '{"a": [1, 2.50]}', '6f9619ff-8b86-d011-b42d-00cf4fc964ff', true),
            (2, E'Bob\n\\', null, null, '2024-03-31 02:30:00+00', null, null, false);
        create schema sales;
        create table sales.purchases (id bigint, amount numeric, code text);
        insert into sales.purchases values (1, 12345678901234567890.123456789, '007'), (2, 5, '1');
        """;

    [Theory]
    [InlineData("")]
    [InlineData("format: parquet, ")]
    public async Task A_database_is_extracted_and_its_tables_are_replaced_with_detected_columns(string format)
    {
        await using var scene = await WorkerScene.CreateAsync(postgres);
        scene.AddPipeline("shop", Pipeline.Replace("FORMAT", format, StringComparison.Ordinal));
        var shopConnection = await postgres.Server.CreateDatabaseAsync(default);
        await using var shop = NpgsqlDataSource.Create(shopConnection);
        await ExecuteAsync(shop, Shop);
        var lake = Path.Combine(scene.Folder, "lake");
        var worker = await scene.StartHealthyAsync(("ConnectionStrings__shop", shopConnection), ("Leadline__Lake", lake));

        Status(await WorkerScene.RunToEndAsync(worker, "shop")).ShouldBe("Succeeded|4|0|");

        var users = Directory.GetFiles(Path.Combine(lake, "shop"), "users-*").ShouldHaveSingleItem();
        Path.GetFileName(users).ShouldMatch(@"^users-\d{8}T\d{6}Z\.(ndjson|parquet)$");
        (await scene.QueryAsync("""
            select string_agg(attname || ' ' || format_type(atttypid, -1), ', ' order by attnum) from pg_attribute
            where attrelid = 'raw.users'::regclass and attnum > 0 and attname not like 'meta%'
            """)).ShouldBe(format.Length == 0
                ? "id bigint, name text, email text, born date, created_at timestamp with time zone, tags jsonb, ref uuid, active boolean"
                : "id integer, name text, email text, born date, created_at timestamp with time zone, tags text, ref uuid, active boolean");
        (await scene.QueryAsync("select string_agg(amount || ' ' || code, ', ' order by id) from raw.sales_purchases")).ShouldBe("12345678901234567890.123456789 007, 5 1");
        (await scene.QueryAsync("select (created_at at time zone 'UTC')::text || ' ' || name from raw.users where id = 1")).ShouldBe("2024-03-31 01:30:00.123456 Ann \"A\"");
        (await scene.QueryAsync("select name from raw.users where id = 2")).ShouldBe("Bob\n\\");

        await ExecuteAsync(shop, "delete from users where id = 1; update sales.purchases set code = 'x'; alter table users add column city text default 'Rome'");
        Status(await WorkerScene.RunToEndAsync(worker, "shop")).ShouldBe("Succeeded|3|0|");
        (await scene.QueryAsync("select string_agg(id || ' ' || city || ' ' || pg_typeof(born), ', ') from raw.users")).ShouldBe("2 Rome date");
    }

    [Fact]
    public async Task A_table_that_a_contract_declares_is_loaded_as_it_says_and_bad_records_have_a_limit()
    {
        await using var scene = await WorkerScene.CreateAsync(postgres);
        scene.AddPipeline("shop", "schedule: {at_start: false}\nsteps:\n  - {load: {from: shop/files, max_bad_records: 1}}");
        scene.AddContract("shop", """
            name: buyers
            format: lake
            sync_mode: full_refresh_overwrite
            options: {from: shop/files, table: users}
            fields:
              - {name: id, type: integer, required: true}
              - {name: name, type: text, values: [Ann, Bob]}
            """);
        var lake = Directory.CreateDirectory(Path.Combine(scene.Folder, "lake", "shop", "files")).FullName;
        var worker = await scene.StartHealthyAsync(("Leadline__Lake", Path.Combine(scene.Folder, "lake")));
        Status(await WorkerScene.RunToEndAsync(worker, "shop")).ShouldEndWith("The lake has no files in 'shop/files'; extract into it first, or correct 'from'");

        await File.WriteAllTextAsync(Path.Combine(lake, "users-20240101T000000Z.ndjson"), "{\"id\": 9, \"name\": \"Ann\"}\n");
        await File.WriteAllTextAsync(Path.Combine(lake, "users-20240102T000000Z.ndjson"), "{\"id\": 1, \"name\": \"Ann\"}\n{\"id\": 2, \"name\": \"Cid\"}\n{\"id\": 3, \"name\": \"Bob\"}\n");
        await File.WriteAllTextAsync(Path.Combine(lake, "items-20240102T000000Z.ndjson"), "{\"id\": 1}\n{\"id\":\n{\"id\": 2\n{\"id\": 3}\n");
        Status(await WorkerScene.RunToEndAsync(worker, "shop")).ShouldContain("Nothing is loaded, because more than 1 records are not what");
        (await scene.QueryAsync("select string_agg(id || name, ',' order by id) from raw.buyers")).ShouldBe("1Ann,3Bob");
        (await scene.QueryAsync("select to_regclass('raw.items') is null")).ShouldBe(true);

        await File.WriteAllTextAsync(Path.Combine(lake, "items-20240103T000000Z.ndjson"), "{\"id\": 1}\n{\"id\":\n{\"id\": 3}\n");
        Status(await WorkerScene.RunToEndAsync(worker, "shop")).ShouldBe("Succeeded|2|1|");
        await File.WriteAllTextAsync(Path.Combine(lake, "items-20240104T000000Z.ndjson"), "{\"id\": 1.5}\n{\"id\": 3}\n");
        Status(await WorkerScene.RunToEndAsync(worker, "shop")).ShouldBe("Succeeded|2|0|");
        (await scene.QueryAsync("select string_agg(id::text, ',' order by id) from raw.items")).ShouldBe("1.5,3");
    }

    private static string Status(JsonElement details)
    {
        var run = details.GetProperty("run");
        return string.Join('|', new[] { "status", "rows", "quarantined", "reason" }.Select(p => run.GetProperty(p).ToString()));
    }

    private static async Task ExecuteAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
