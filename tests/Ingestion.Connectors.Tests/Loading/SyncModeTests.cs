using Ingestion.Loading.Batches;
using Npgsql;

namespace Ingestion.Connectors.Tests.Loading;

/// <summary>What each sync mode makes of a source that changes.</summary>
public sealed class SyncModeTests(PostgresFixture postgres)
{
    private const string Fields = """
          - {name: id, type: bigint, required: true}
          - {name: name, type: text}
          - {name: changed, type: timestamptz, required: true}
        """;

    private const string Rows = "select id, name from raw.people order by id, meta_processing_time";

    private static readonly string[] First = ["1,Ann,2024-01-01T00:00:00Z", "2,Bob,2024-01-02T00:00:00Z"];

    [Fact]
    public async Task A_contract_that_says_nothing_appends_every_version()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        await LoadAsync(stage, Contract(""), First);
        await LoadAsync(stage, Contract("sync_mode: full_refresh_append"), "1,Anna,2024-01-03T00:00:00Z");

        (await stage.QueryAsync(Rows)).ShouldBe(["1|Ann", "1|Anna", "2|Bob"]);
        (await StateAsync(stage)).ShouldBe(["full_refresh_append||null"]);
    }

    [Fact]
    public async Task An_overwrite_replaces_what_was_there()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        var contract = Contract("sync_mode: full_refresh_overwrite");
        await LoadAsync(stage, contract, First);

        var result = await LoadAsync(stage, contract, "3,Cid,2024-01-03T00:00:00Z");

        (result.Rows, result.Deleted).ShouldBe((1, 2));
        (await stage.QueryAsync(Rows)).ShouldBe(["3|Cid"]);
        (await LoadAsync(stage, contract, "3,Cid,2024-01-03T00:00:00Z")).AlreadyLoaded.ShouldBeTrue();
        (await LoadAsync(stage, contract, First)).AlreadyLoaded.ShouldBeFalse();
        (await stage.QueryAsync(Rows)).ShouldBe(["1|Ann", "2|Bob"]);
        (await stage.QueryAsync("select row_count, deleted_count from ingestion.batches order by started_at")).ShouldBe(["2|0", "1|2", "2|1"]);
    }

    [Fact]
    public async Task An_overwrite_that_fails_leaves_what_was_there()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        var contract = Contract("sync_mode: full_refresh_overwrite");
        await LoadAsync(stage, contract, First);
        stage.Write("id,name,changed\nx,y,z\n");

        (await stage.FailToLoadAsync(contract)).Id.ShouldBe("MDL6223");

        (await stage.QueryAsync(Rows)).ShouldBe(["1|Ann", "2|Bob"]);
    }

    [Fact]
    public async Task An_overwrite_of_several_files_holds_what_the_files_hold_now()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        var contract = LoadingStage.Contract(Fields, "sync_mode: full_refresh_overwrite", "format: csv\nfile: '*.csv'");
        Write(stage, "1.csv", "1,Ann,2024-01-01T00:00:00Z");
        Write(stage, "2.csv", "2,Bob,2024-01-01T00:00:00Z");
        await stage.LoadAsync(contract);
        Write(stage, "1.csv", "1,Anna,2024-01-01T00:00:00Z");
        File.Move(Path.Combine(stage.Folder, "2.csv"), Path.Combine(stage.Folder, "3.csv"));

        var result = await stage.LoadAsync(contract);

        (result.Rows, result.Deleted).ShouldBe((2, 2));
        (await stage.QueryAsync("select id, name, meta_source_file from raw.people order by id")).ShouldBe(["1|Anna|1.csv", "2|Bob|3.csv"]);
        Write(stage, "2.csv", "2,Bob,2024-01-01T00:00:00Z");
        File.Delete(Path.Combine(stage.Folder, "3.csv"));
        await stage.LoadAsync(contract);
        (await stage.QueryAsync("select id, name, meta_source_file from raw.people order by id")).ShouldBe(["1|Anna|1.csv", "2|Bob|2.csv"]);
    }

    [Fact]
    public async Task Increments_append_what_is_beyond_the_cursor_and_lose_nothing_at_it()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        var contract = Contract("sync_mode: incremental_append\ncursor: changed\nprimary_key: [id]");
        await LoadAsync(stage, contract, First);

        var result = await LoadAsync(
            stage, contract, [.. First, "3,Late,2024-01-01T12:00:00Z", "4,Same,2024-01-02T01:00:00+01:00", "5,New,2024-01-03T00:00:00Z"]);

        result.Rows.ShouldBe(2);
        (await stage.QueryAsync(Rows)).ShouldBe(["1|Ann", "2|Bob", "4|Same", "5|New"]);
        (await StateAsync(stage)).ShouldBe(["incremental_append|changed|2024-01-03T00:00:00+00:00"]);
        (await LoadAsync(stage, contract, First)).Rows.ShouldBe(0);
        (await StateAsync(stage)).ShouldBe(["incremental_append|changed|2024-01-03T00:00:00+00:00"]);
    }

    [Fact]
    public async Task Each_of_several_files_has_a_cursor_of_its_own()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        var contract = LoadingStage.Contract(Fields, "sync_mode: incremental_append\ncursor: id", "format: csv\nfile: '*.csv'");
        Write(stage, "1.csv", "10,Ann,2024-01-01T00:00:00Z");
        Write(stage, "2.csv", "5,Bob,2024-01-01T00:00:00Z");
        await stage.LoadAsync(contract);
        Write(stage, "2.csv", "5,Bob,2024-01-01T00:00:00Z", "6,Cid,2024-01-01T00:00:00Z");

        (await stage.LoadAsync(contract)).Rows.ShouldBe(1);

        (await stage.QueryAsync(Rows)).ShouldBe(["5|Bob", "6|Cid", "10|Ann"]);
        (await stage.QueryAsync("select source, cursor_value from ingestion.streams order by source")).ShouldBe(["1.csv|10", "2.csv|6"]);
    }

    [Fact]
    public async Task A_table_of_a_database_is_asked_for_its_increment_alone()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.ConnectionStrings["shop"] = await postgres.Server.CreateDatabaseAsync(default);
        await using var shop = NpgsqlDataSource.Create(stage.ConnectionStrings["shop"]);
        await ExecuteAsync(shop,
            "create table people (id bigint, name text, changed timestamptz); insert into people values (1, 'Ann', '2024-01-01Z'), (2, 'Bob', '2024-01-02Z')");
        var contract = LoadingStage.Contract(
            Fields, "sync_mode: incremental_append\ncursor: changed\noptions: {connection: shop, table: people}", "format: postgres");
        await stage.LoadAsync(contract);
        // a row that the increment does not reach would be refused
        await ExecuteAsync(
            shop, "update people set name = null, id = null where id = 1; insert into people values (3, 'Cid', '2024-01-02Z'), (4, 'Dan', '2024-01-03Z')");

        var result = await stage.LoadAsync(contract);

        (result.Rows, result.Quarantined).ShouldBe((2, 0));
        (await stage.QueryAsync(Rows)).ShouldBe(["1|Ann", "2|Bob", "3|Cid", "4|Dan"]);
        (await stage.LoadAsync(contract)).Rows.ShouldBe(0);
        (await stage.LoadAsync(contract)).AlreadyLoaded.ShouldBeTrue();
    }

    [Fact]
    public async Task Deduplicated_increments_keep_the_row_with_the_latest_cursor()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        var contract = Contract("sync_mode: incremental_deduplicated\ncursor: changed\nprimary_key: [id]");
        await LoadAsync(stage, contract, [.. First, "1,Anna,2024-01-03T00:00:00Z", "1,Old,2023-01-01T00:00:00Z"]);

        (await stage.QueryAsync(Rows)).ShouldBe(["1|Anna", "2|Bob"]);
        var result = await LoadAsync(stage, contract, ["1,Late,2024-01-02T00:00:00Z", "2,Bobby,2024-01-04T00:00:00Z", "3,Cid,2024-01-01T00:00:00Z"]);

        result.Rows.ShouldBe(2);
        (await stage.QueryAsync(Rows)).ShouldBe(["1|Anna", "2|Bobby", "3|Cid"]);
        (await stage.QueryAsync("select count(*) from raw.people join ingestion.batches on batch_id = meta_batch_id where id in (2, 3) and row_count = 2"))
            .ShouldBe(["2"]);
    }

    [Fact]
    public async Task Of_rows_with_one_cursor_the_later_line_wins()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        await LoadAsync(stage, Contract(
            "sync_mode: incremental_deduplicated\ncursor: changed\nprimary_key: [id]"), ["1,a,2024-01-01T00:00:00Z", "1,b,2024-01-01T00:00:00Z"]);

        (await stage.QueryAsync(Rows)).ShouldBe(["1|b"]);
    }

    [Fact]
    public async Task A_snapshot_is_merged_and_what_is_gone_is_deleted()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        var contract = Contract("sync_mode: snapshot_merge\nprimary_key: [id]");
        await LoadAsync(stage, contract, [.. First, "3,Cid,2024-01-03T00:00:00Z"]);

        var result = await LoadAsync(stage, contract, ["1,Ann,2024-01-01T00:00:00Z", "3,,2024-01-03T00:00:00Z", "4,Dan,2024-01-04T00:00:00Z"]);

        (result.Rows, result.Deleted).ShouldBe((2, 1));
        (await stage.QueryAsync(Rows)).ShouldBe(["1|Ann", "3|null", "4|Dan"]);
        (await stage.QueryAsync("select id from raw.people join ingestion.batches on batch_id = meta_batch_id where deleted_count = 0")).ShouldBe(["1"]);
    }

    [Theory]
    [InlineData("snapshot_merge", "select id from raw.people order by id")]
    [InlineData("scd2", "select id from raw.people where meta_valid_to is null order by id")]
    public async Task Nothing_is_taken_for_gone_while_a_record_is_in_the_quarantine(string mode, string current)
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        var contract = Contract($"sync_mode: {mode}\nprimary_key: [id]");
        await LoadAsync(stage, contract, First);

        var result = await LoadAsync(stage, contract, ["1,Ann,2024-01-01T00:00:00Z", "2,Bob,yesterday"]);

        (result.Quarantined, result.Deleted).ShouldBe((1, 0));
        (await stage.QueryAsync(current)).ShouldBe(["1", "2"]);
        (await LoadAsync(stage, contract, "1,Ann,2024-01-01T00:00:00Z")).Deleted.ShouldBe(1);
        (await stage.QueryAsync(current)).ShouldBe(["1"]);
    }

    [Theory]
    [InlineData("snapshot_merge")]
    [InlineData("scd2")]
    public async Task A_key_that_is_there_twice_is_one_clear_line(string mode)
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.Write("id,name,changed\n1,a,2024-01-01T00:00:00Z\n2,b,2024-01-01T00:00:00Z\n1,c,2024-01-01T00:00:00Z\n");

        var diagnostic = await stage.FailToLoadAsync(Contract($"sync_mode: {mode}\nprimary_key: [id]"));

        diagnostic.ToString()
            .ShouldBe("people.csv: error MDL6236: The primary key '1' occurs twice, at 2 and 4; remove one of them, or correct 'primary_key' in people.yml");
        (await stage.QueryAsync("select to_regclass('raw.people') is null")).ShouldBe(["True"]);
    }

    [Fact]
    public async Task A_history_has_every_version_with_the_time_it_was_there()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        var contract = Contract("sync_mode: scd2\nprimary_key: [id]");
        const string History = """
            select id, name, f.rank, t.rank
            from raw.people
            left join (select started_at, row_number() over (order by started_at) as rank from ingestion.batches) f on f.started_at = meta_valid_from
            left join (select started_at, row_number() over (order by started_at) as rank from ingestion.batches) t on t.started_at = meta_valid_to
            order by id, meta_valid_from
            """;
        await LoadAsync(stage, contract, First);
        var second = await LoadAsync(stage, contract, ["1,Anna,2024-01-01T00:00:00Z", "2,Bob,2024-01-02T00:00:00Z", "3,Cid,2024-01-03T00:00:00Z"]);
        var third = await LoadAsync(stage, contract, ["1,Anna,2024-01-01T00:00:00Z", "3,Cid,2024-01-03T00:00:00Z"]);
        await LoadAsync(stage, contract, ["1,Anna,2024-01-01T00:00:00Z", "2,Bob,2024-01-02T00:00:00Z", "3,Cid,2024-01-03T00:00:00Z"]);

        (second.Rows, second.Deleted, third.Rows, third.Deleted).ShouldBe((2, 1, 0, 1));
        (await stage.QueryAsync(History)).ShouldBe(["1|Ann|1|2", "1|Anna|2|null", "2|Bob|1|3", "2|Bob|4|null", "3|Cid|2|null"]);
    }

    [Theory]
    [InlineData(
        "", "sync_mode: snapshot_merge\nprimary_key: [id]", "raw.people was filled in the mode full_refresh_append, the contract says snapshot_merge by id;")]
    [InlineData("sync_mode: scd2\nprimary_key: [id]", "sync_mode: scd2\nprimary_key: [name]",
        "raw.people was filled in the mode scd2 by id, the contract says scd2 by name;")]
    [InlineData("sync_mode: incremental_append\ncursor: id", "sync_mode: incremental_append\ncursor: changed",
        "raw.people was filled in the mode incremental_append by id, the contract says incremental_append by changed;")]
    [InlineData("sync_mode: scd2\nprimary_key: [id]", "", "raw.people was filled in the mode scd2 by id, the contract says full_refresh_append;")]
    public async Task A_mode_that_does_not_go_with_the_tables_rows_says_the_way_out(string before, string after, string message)
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        await LoadAsync(stage, Contract(before), First);

        var diagnostic = await stage.FailToLoadAsync(Contract(after));

        diagnostic.Id.ShouldBe("MDL6235");
        diagnostic.Message.ShouldStartWith(message);
        await stage.QueryAsync("alter table raw.people rename to people_old");
        (await stage.LoadAsync(Contract(after))).Rows.ShouldBe(2);
    }

    [Fact]
    public async Task A_table_that_was_moved_away_is_filled_from_the_beginning()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        var contract = Contract("sync_mode: incremental_append\ncursor: id");
        await LoadAsync(stage, contract, First);
        await stage.QueryAsync("drop table raw.people");

        (await LoadAsync(stage, contract, First)).Rows.ShouldBe(2);
    }

    private static Models.Contracts.Contract Contract(string rest) => LoadingStage.Contract(
        rest.Contains("[name]", StringComparison.Ordinal) ? Fields.Replace("name, type: text", "name, type: text, required: true") : Fields, rest);

    private static Task<LoadResult> LoadAsync(LoadingStage stage, Models.Contracts.Contract contract, params string[] rows)
    {
        Write(stage, "people.csv", rows);
        return stage.LoadAsync(contract);
    }

    private static void Write(LoadingStage stage, string file, params string[] rows) => stage.Write(file, $"id,name,changed\n{string.Join('\n', rows)}\n");

    private static Task<IReadOnlyList<string>> StateAsync(LoadingStage stage) =>
        stage.QueryAsync("select sync_mode, fields, cursor_value from ingestion.streams");

    private static async Task ExecuteAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
