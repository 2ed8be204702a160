using Ingestion.Connectors.Sources;
using Ingestion.Loading.Replication;
using Ingestion.Loading.Streams;
using Models.Contracts;
using Npgsql;

namespace Ingestion.Connectors.Tests.Postgres;

/// <summary>Changes of a PostgreSQL table that are captured by logical replication.</summary>
public sealed class ChangeCaptureTests(PostgresFixture postgres, LogicalServer logical) : IClassFixture<LogicalServer>
{
    private const string Fields = """
          - {name: id, type: integer, required: true}
          - {name: name, type: text, required: true}
          - {name: price, type: numeric}
          - {name: at, type: timestamptz}
        """;

    private const string Table = "create table cars (id int primary key, name text, price numeric, at timestamptz)";
    private const string Rows = "select id, name, price from raw.people order by id";
    private const string Slots = "select slot_name from pg_replication_slots where database = current_database()";

    [Fact]
    public async Task The_table_is_read_once_and_then_its_inserts_updates_and_deletes_are_applied()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        await using var shop = await OpenShopAsync(stage);
        await ExecuteAsync(shop, $"{Table}; insert into cars values (1, 'a', 1.10, '2024-03-31 01:30:00.5+00'), (2, 'b', 2, null), (3, 'c', null, null)");

        (await stage.LoadAsync(Contract())).Rows.ShouldBe(3);
        (await stage.QueryAsync("set time zone 'UTC'; select id, name, price, at::text, meta_source_file, meta_entity_id from raw.people where id = 1"))
            .ShouldBe(["1|a|1.10|2024-03-31 01:30:00.5+00|shop:public.cars|1"]);
        await ExecuteAsync(
            shop, "update cars set price = 5, at = '2024-01-01 12:00:00+02' where id = 1", "delete from cars where id = 2", "insert into cars values (4, 'd', 4.00, null)",
            "update cars set name = 'dd' where id = 4", "insert into cars values (5, 'e', 5, null); delete from cars where id = 5",
            "update cars set id = 30 where id = 3", "begin; insert into cars values (6, 'f', 6, null); rollback");

        var changed = await stage.LoadAsync(Contract());

        (changed.Rows, changed.Deleted, changed.AlreadyLoaded).ShouldBe((3, 2, false));
        (await stage.QueryAsync(Rows)).ShouldBe(["1|a|5", "4|dd|4.00", "30|c|null"]);
        (await stage.QueryAsync("set time zone 'UTC'; select at::text from raw.people where id = 1")).ShouldBe(["2024-01-01 10:00:00+00"]);
        (await stage.LoadAsync(Contract())).AlreadyLoaded.ShouldBeTrue();
        (await stage.QueryAsync("select row_count, deleted_count from ingestion.batches order by started_at")).ShouldBe(["3|0", "3|2"]);
    }

    [Fact]
    public async Task A_truncated_table_is_emptied_and_what_came_after_it_is_kept()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        await using var shop = await OpenShopAsync(stage);
        await ExecuteAsync(shop, $"{Table}; insert into cars values (1, 'a', 1, null), (2, 'b', 2, null)");
        await stage.LoadAsync(Contract());

        await ExecuteAsync(shop, "insert into cars values (3, 'c', 3, null)", "truncate cars", "insert into cars values (2, 'new', 2, null)");
        await stage.LoadAsync(Contract());

        (await stage.QueryAsync(Rows)).ShouldBe(["2|new|2"]);
    }

    [Fact]
    public async Task A_large_value_that_did_not_change_is_kept()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        await using var shop = await OpenShopAsync(stage);
        const string Large = "(select string_agg(md5(i::text), '') from generate_series(1, 2000) i)";
        await ExecuteAsync(shop, $"{Table}; insert into cars select 1, {Large}, 1, null");
        await stage.LoadAsync(Contract());

        await ExecuteAsync(
            shop, "update cars set price = 2", "update cars set id = 10", $"insert into cars select 2, {Large} || 'x', 1, null", "update cars set price = 3 where id = 2",
            "update cars set id = 20 where id = 2");
        await stage.LoadAsync(Contract());

        (await stage.QueryAsync("select id, length(name), price from raw.people order by id")).ShouldBe(["10|64000|2", "20|64001|3"]);
    }

    [Fact]
    public async Task A_load_that_fails_loses_no_change()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        await using var shop = await OpenShopAsync(stage);
        await ExecuteAsync(shop, $"{Table}; insert into cars values (1, 'a', 1, null)");
        await stage.LoadAsync(Contract("max_bad_rows: 0"));
        await ExecuteAsync(shop, "insert into cars values (2, 'b', 2, null)", "insert into cars values (3, null, 3, null)");

        (await stage.FailToLoadAsync(Contract("max_bad_rows: 0"))).Message.ShouldStartWith("Nothing is loaded, because more than 0 records are not what people.yml says");
        (await stage.QueryAsync(Rows)).ShouldBe(["1|a|1"]);
        await ExecuteAsync(shop, "insert into cars values (4, 'd', 4, null)");
        var result = await stage.LoadAsync(Contract());

        (result.Rows, result.Quarantined).ShouldBe((2, 1));
        (await stage.QueryAsync(Rows)).ShouldBe(["1|a|1", "2|b|2", "4|d|4"]);
        (await stage.QueryAsync("select field, reason, raw_text from ingestion.quarantine"))
            .ShouldBe(["""name|name is blank, but required|{"id":"3","name":null,"price":"3","at":null}"""]);
    }

    [Fact]
    public async Task The_position_is_confirmed_so_that_the_source_can_remove_its_log()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        await using var shop = await OpenShopAsync(stage);
        await ExecuteAsync(shop, $"{Table}; insert into cars values (1, 'a', 1, null)");
        await stage.LoadAsync(Contract());
        await ExecuteAsync(shop, "insert into cars values (2, 'b', 2, null)");
        await stage.LoadAsync(Contract());

        var position = (await stage.QueryAsync("select cursor_value from ingestion.streams")).Single();
        var confirmed = $"select confirmed_flush_lsn >= '{position}' from pg_replication_slots where database = current_database()";
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (await ScalarAsync(shop, confirmed) is not true)
        {
            // a confirmation that is lost with its connection is repeated by the next load
            await stage.LoadAsync(Contract(), patience.Token);
        }
    }

    [Fact]
    public async Task A_column_that_comes_or_goes_is_treated_as_the_contract_says()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        await using var shop = await OpenShopAsync(stage);
        await ExecuteAsync(shop, $"{Table}; insert into cars values (1, 'a', 1, null)");
        await stage.LoadAsync(Contract());
        await ExecuteAsync(shop, "update cars set price = 2", "alter table cars add column color text", "insert into cars values (2, 'b', 2, null, 'red')");

        (await stage.FailToLoadAsync(Contract())).Message.ShouldBe("The column 'color' is not in people.yml; add it there or remove it from the data");
        await stage.LoadAsync(Contract("on_schema_change: add_columns"));
        (await stage.QueryAsync("select id, price, color from raw.people order by id")).ShouldBe(["1|2|null", "2|2|red"]);

        await ExecuteAsync(shop, "update cars set color = 'blue'", "alter table cars drop column price, drop column color", "insert into cars values (3, 'c', null)");
        await stage.LoadAsync(Contract());
        (await stage.QueryAsync("select id, name, price from raw.people order by id")).ShouldBe(["1|a|2", "2|b|2", "3|c|null"]);
    }

    [Fact]
    public async Task A_slot_that_is_gone_is_one_clear_line_and_a_reset_begins_anew()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        await using var shop = await OpenShopAsync(stage);
        await ExecuteAsync(shop, $"{Table}; insert into cars values (1, 'a', 1, null)");
        await stage.LoadAsync(Contract());
        var slot = await ScalarAsync(shop, Slots);
        var position = (await stage.QueryAsync("select cursor_value from ingestion.streams")).Single();
        await ExecuteAsync(shop, $"select pg_drop_replication_slot('{slot}')", "insert into cars values (2, 'b', 2, null)");

        (await stage.FailToLoadAsync(Contract())).Message.ShouldBe(
            $"The replication slot '{slot}' of stream 'people' is gone at connection 'shop', so that changes since {position} may be lost; reset the stream " +
            "('leadline streams reset people') to read the table anew");
        (await stage.QueryAsync(Rows)).ShouldBe(["1|a|1"]);

        await new StreamStore(stage.Database, TimeProvider.System).ResetAsync(Contract(), default);
        (await stage.LoadAsync(Contract())).Rows.ShouldBe(2);
        (await stage.QueryAsync(Rows)).ShouldBe(["1|a|1", "2|b|2"]);
    }

    [Fact]
    public async Task A_stream_that_is_dropped_leaves_nothing_at_its_source()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        await using var shop = await OpenShopAsync(stage);
        await ExecuteAsync(shop, $"{Table}; insert into cars values (1, 'a', 1, null)");
        await stage.LoadAsync(Contract());
        var slots = new ReplicationSlots(stage.Database, TimeProvider.System);
        var location = new SourceLocation(stage.Folder) { ConnectionStrings = stage.ConnectionStrings };

        (await slots.DropAsync(Contract(), location, default)).ShouldNotBeNull().ShouldStartWith("leadline_people_");

        (await ScalarAsync(shop, Slots)).ShouldBeNull();
        (await ScalarAsync(shop, "select count(*) from pg_publication")).ShouldBe(0L);
        (await slots.DropAsync(Contract(), location, default)).ShouldBeNull();
        (await stage.QueryAsync(Rows)).ShouldBe(["1|a|1"]);
        (await stage.LoadAsync(Contract())).AlreadyLoaded.ShouldBeFalse();
    }

    [Fact]
    public async Task What_the_source_does_not_log_is_one_clear_line()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        await using var shop = await OpenShopAsync(stage);
        await ExecuteAsync(shop, "create table cars (id int, name text, price numeric, at timestamptz); insert into cars values (1, 'a', 1, null)");

        (await stage.FailToLoadAsync(Contract())).Message.ShouldBe(
            "The table 'public.cars' of connection 'shop' does not log the primary key 'id' of its updates and deletes; give it that primary key, or set " +
            "'alter table public.cars replica identity full'");
        await ExecuteAsync(shop, "update cars set price = 3", "alter table cars replica identity full");
        await stage.LoadAsync(Contract());
        await ExecuteAsync(shop, "update cars set price = 4, id = 2");
        await stage.LoadAsync(Contract());
        (await stage.QueryAsync(Rows)).ShouldBe(["2|a|4"]);

        (await stage.FailToLoadAsync(LoadingStage.Contract(Fields, "primary_key: [id]", Source))).Message.ShouldBe(
            "Contract 'people' captures changes, which keeps one row a key as the source has it; write 'sync_mode: snapshot_merge' and 'primary_key'");
    }

    [Fact]
    public async Task A_server_that_does_not_log_changes_is_one_clear_line()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.ConnectionStrings["shop"] = await postgres.Server.CreateDatabaseAsync(default);
        await using var shop = NpgsqlDataSource.Create(stage.ConnectionStrings["shop"]);
        await ExecuteAsync(shop, Table);
        var level = await ScalarAsync(shop, "show wal_level");
        Assert.SkipWhen((string?)level == "logical", "The server that LEADLINE_POSTGRES names logs changes");

        (await stage.FailToLoadAsync(Contract())).Message.ShouldBe(
            $"The server of connection 'shop' has wal_level = {level}, but change data capture needs logical; set it ('alter system set wal_level = logical') and restart " +
            "the server, or use the format postgres");
    }

    private const string Source = "format: postgres_cdc\noptions: {connection: shop, table: public.cars}";

    private static Contract Contract(string rest = "") => LoadingStage.Contract(Fields, $"sync_mode: snapshot_merge\nprimary_key: [id]\n{rest}", Source);

    private async Task<NpgsqlDataSource> OpenShopAsync(LoadingStage stage)
    {
        stage.ConnectionStrings["shop"] = await logical.CreateDatabaseAsync();
        return NpgsqlDataSource.Create(stage.ConnectionStrings["shop"]);
    }

    private static async Task ExecuteAsync(NpgsqlDataSource database, params string[] statements)
    {
        foreach (var sql in statements)
        {
            await using var command = database.CreateCommand(sql);
            await command.ExecuteNonQueryAsync();
        }
    }

    private static async Task<object?> ScalarAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
