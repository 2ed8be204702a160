using Ingestion.Loading.Streams;
using Models.Contracts;
using Models.Diagnostics;
using Npgsql;

namespace Ingestion.Connectors.Tests.Loading;

/// <summary>Streams that are reset, rewound to a cursor, or backfilled over a range of cursors.</summary>
public sealed class StreamChangeTests(PostgresFixture postgres)
{
    private const string Rows = "select id, name from raw.people order by id, name";
    private const string Pending = "select count(*) from ingestion.stream_changes";
    private const string Append = "sync_mode: incremental_append\ncursor: changed";
    private const string Keyed = "sync_mode: incremental_deduplicated\ncursor: changed\nprimary_key: [id]";

    [Theory]
    [InlineData("sync_mode: full_refresh_append")]
    [InlineData("sync_mode: full_refresh_overwrite")]
    [InlineData(Append)]
    [InlineData(Keyed)]
    [InlineData("sync_mode: snapshot_merge\nprimary_key: [id]")]
    [InlineData("sync_mode: scd2\nprimary_key: [id]")]
    public async Task A_stream_that_is_reset_is_loaded_from_the_start(string mode)
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        var contract = Contract(mode);
        Write(stage, "1,Ann,2024-01-01", "2,Bob,2024-01-02");
        await stage.LoadAsync(contract);
        await stage.QueryAsync("update raw.people set name = 'changed by hand'");
        (await stage.LoadAsync(contract)).AlreadyLoaded.ShouldBeTrue();

        await Store(stage).ResetAsync(contract, default);
        (await stage.QueryAsync(Rows)).ShouldBe(["1|changed by hand", "2|changed by hand"]);
        (await stage.LoadAsync(contract)).AlreadyLoaded.ShouldBeFalse();

        (await stage.QueryAsync(Rows)).ShouldBe(["1|Ann", "2|Bob"]);
        (await stage.QueryAsync(Pending)).ShouldBe(["0"]);
        (await stage.LoadAsync(contract)).AlreadyLoaded.ShouldBeTrue();
    }

    [Theory]
    [InlineData(Append)]
    [InlineData(Keyed)]
    public async Task A_stream_that_is_rewound_loads_again_what_is_beyond_the_cursor(string mode)
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        var contract = Contract(mode);
        Write(stage, "1,Ann,2024-01-01", "2,Bob,2024-01-02", "3,Cid,2024-01-03");
        await stage.LoadAsync(contract);
        await stage.QueryAsync("update raw.people set name = name || '?'");

        (await Store(stage).RewindAsync(contract, "2024-01-02", default)).From.ShouldBe("2024-01-02T00:00:00+00:00");
        await stage.LoadAsync(contract);

        // a row at the cursor itself is there already; a merge compares it all the same
        (await stage.QueryAsync(Rows)).ShouldBe(mode == Append ? ["1|Ann?", "2|Bob?", "3|Cid"] : ["1|Ann", "2|Bob", "3|Cid"]);
        (await stage.QueryAsync("select cursor_value from ingestion.streams")).ShouldBe(["2024-01-03T00:00:00+00:00"]);
    }

    [Theory]
    [InlineData(Append)]
    [InlineData(Keyed)]
    public async Task A_backfill_replaces_the_rows_of_its_range(string mode)
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        var contract = Contract(mode);
        Write(stage, "1,Ann,2024-01-01", "3,Cid,2024-01-03", "5,Eve,2024-01-05", "9,Bad,2024-01-99");
        await stage.LoadAsync(contract);
        await stage.QueryAsync("update raw.people set name = name || '?'");
        // it came late
        Write(stage, "1,Ann,2024-01-01", "2,Bob,2024-01-02", "3,Cid,2024-01-03", "5,Eve,2024-01-05", "9,Bad,2024-01-99");

        await Store(stage).BackfillAsync(contract, "2024-01-02", "2024-01-05", default);
        await stage.LoadAsync(contract);

        // the regular load merges every row of the file, and appends none before the cursor
        (await stage.QueryAsync(Rows)).ShouldBe(mode == Append ? ["1|Ann?", "2|Bob", "3|Cid", "5|Eve?"] : ["1|Ann", "2|Bob", "3|Cid", "5|Eve"]);
        (await stage.QueryAsync("select cursor_value from ingestion.streams")).ShouldBe(["2024-01-05T00:00:00+00:00"]);
        (await stage.QueryAsync(Pending)).ShouldBe(["0"]);
        (await stage.QueryAsync("select row_count, deleted_count, quarantined_count from ingestion.batches order by finished_at desc limit 1"))
            .ShouldBe([mode == Append ? "2|1|0" : "0|0|0"]);
    }

    [Fact]
    public async Task A_database_is_asked_for_the_range_alone()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.ConnectionStrings["shop"] = await postgres.Server.CreateDatabaseAsync(default);
        await using var shop = NpgsqlDataSource.Create(stage.ConnectionStrings["shop"]);
        await ExecuteAsync(shop, "create table people as select i as id, 'n' || i as name, timestamptz '2024-01-01Z' + i * interval '1 day' as changed from generate_series(1, 30) i");
        var contract = LoadingStage.Contract(Fields, Append, "format: postgres\noptions: {connection: shop, table: public.people}");
        await stage.LoadAsync(contract);
        await ExecuteAsync(shop, "update people set name = 'new' where id < 30; delete from people where id = 11");

        await Store(stage).BackfillAsync(contract, "2024-01-10", "2024-01-15", default);
        await stage.LoadAsync(contract);

        (await stage.QueryAsync("select id from raw.people where name = 'new' order by id")).ShouldBe(["9", "10", "12", "13"]);
        (await stage.QueryAsync("select count(*) from raw.people")).ShouldBe(["29"]);
    }

    [Fact]
    public async Task A_change_can_be_requested_while_the_stream_is_loaded()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        var contract = Contract(Append);
        Write(stage, "1,Ann,2024-01-01");
        await stage.LoadAsync(contract);
        await using var connection = await stage.Database.OpenConnectionAsync();
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            // what a load holds
            await using var load = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended('ingestion:people', 0)); update ingestion.streams set cursor_value = cursor_value; delete from raw.people", connection);
            await load.ExecuteNonQueryAsync();
            await Store(stage).ResetAsync(contract, default).WaitAsync(TimeSpan.FromSeconds(30));
            (await Store(stage).ListChangesAsync(default)).ShouldHaveSingleItem().Kind.ShouldBe(StreamChangeKind.Reset);
        }

        await stage.LoadAsync(contract);
        (await stage.QueryAsync("select count(*), count(distinct meta_batch_id) from raw.people")).ShouldBe(["1|1"]);
        (await stage.QueryAsync("select count(*) from ingestion.batches")).ShouldBe(["2"]);
    }

    [Fact]
    public async Task A_load_that_fails_leaves_the_rows_and_the_request()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        var contract = Contract(Append);
        Write(stage, "1,Ann,2024-01-01");
        await stage.LoadAsync(contract);
        await Store(stage).ResetAsync(contract, default);
        Write(stage);

        (await stage.FailToLoadAsync(contract)).Id.ShouldBe("MDL6224");

        (await stage.QueryAsync(Rows)).ShouldBe(["1|Ann"]);
        (await stage.QueryAsync(Pending)).ShouldBe(["1"]);
    }

    [Fact]
    public async Task A_request_that_makes_no_sense_is_refused_in_one_line()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);

        (await RefusedAsync(s => s.RewindAsync(Contract(""), "2024-01-01", default)))
            .ShouldBe("The stream 'people' has the sync mode full_refresh_append, which has no cursor, so that it cannot be rewound or backfilled; reset it");
        (await RefusedAsync(s => s.RewindAsync(Contract(Append), "2024-02-30", default)))
            .ShouldBe("'2024-02-30' is no value of the cursor 'changed'; give a timestamp with time zone");
        (await RefusedAsync(s => s.BackfillAsync(Contract(Append), "2024-02-01", "2024-01-31", default)))
            .ShouldBe("The backfill's first cursor '2024-02-01T00:00:00+00:00' is not before its end '2024-01-31T00:00:00+00:00', which is not loaded itself; exchange them");
        (await stage.QueryAsync(Pending)).ShouldBe(["0"]);

        async Task<string> RefusedAsync(Func<StreamStore, Task<StreamChange>> request) =>
            (await Should.ThrowAsync<DiagnosticException>(() => request(Store(stage)))).Diagnostic.Message;
    }

    private const string Fields = """
          - {name: id, type: bigint, required: true}
          - {name: name, type: text}
          - {name: changed, type: timestamptz, required: true}
        """;

    private static Contract Contract(string mode) => LoadingStage.Contract(Fields, mode);

    private static StreamStore Store(LoadingStage stage) => new(stage.Database, TimeProvider.System);

    private static void Write(LoadingStage stage, params string[] rows) =>
        stage.Write(string.Concat(["id,name,changed\n", .. rows.Select(r => $"{r}T00:00:00Z\n")]));

    private static async Task ExecuteAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
