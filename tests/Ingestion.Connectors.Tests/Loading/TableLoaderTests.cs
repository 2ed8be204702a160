using Ingestion.Connectors.Sources;
using Ingestion.Loading;
using Ingestion.Loading.Batches;
using Npgsql;

namespace Ingestion.Connectors.Tests.Loading;

public sealed class TableLoaderTests(PostgresFixture postgres)
{
    private const string Fields = """
          - {name: id, type: bigint, required: true}
          - {name: name, type: text}
          - {name: born, type: date}
        """;

    private const string Key = "primary_key: [id]";

    [Fact]
    public async Task Rows_arrive_typed_with_their_metadata()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.Write("id,name,born\n1,Ann,2001-02-03\n2,,\n");

        var result = await stage.LoadAsync(LoadingStage.Contract(Fields, Key));

        result.Rows.ShouldBe(2);
        result.Quarantined.ShouldBe(0);
        result.AlreadyLoaded.ShouldBeFalse();
        (await stage.QueryAsync("select id, name, born::text, meta_source_file, meta_source_line, meta_entity_id from raw.people order by id"))
            .ShouldBe(["1|Ann|2001-02-03|people.csv|2|1", "2|null|null|people.csv|3|2"]);
        (await stage.QueryAsync(
            "select count(*) from raw.people join ingestion.batches on batch_id = meta_batch_id and row_count = 2 where meta_processing_time = started_at"))
            .ShouldBe(["2"]);
    }

    [Fact]
    public async Task The_same_file_twice_is_loaded_once()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.Write("id,name,born\n1,Ann,2001-02-03\nx,Bob,\n");
        var contract = LoadingStage.Contract(Fields, Key);

        var first = await stage.LoadAsync(contract);
        var second = await stage.LoadAsync(contract);

        second.AlreadyLoaded.ShouldBeTrue();
        second.BatchId.ShouldBe(first.BatchId);
        second.Rows.ShouldBe(1);
        second.Quarantined.ShouldBe(1);
        (await stage.QueryAsync(
            "select (select count(*) from raw.people), (select count(*) from ingestion.batches), (select count(*) from ingestion.quarantine)"))
            .ShouldBe(["1|1|1"]);
    }

    [Fact]
    public async Task A_changed_file_is_appended_as_a_batch_of_its_own()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        var contract = LoadingStage.Contract(Fields, Key);
        stage.Write("id,name,born\n1,Ann,\n");
        await stage.LoadAsync(contract);
        stage.Write("id,name,born\n1,Anna,\n");
        await stage.LoadAsync(contract);

        (await stage.QueryAsync("select name from raw.people order by meta_processing_time")).ShouldBe(["Ann", "Anna"]);
        (await stage.QueryAsync("select count(distinct meta_entity_id), count(distinct meta_batch_id) from raw.people")).ShouldBe(["1|2"]);
    }

    [Fact]
    public async Task Loaders_at_once_load_the_batch_once()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.Write("id,name,born\n" + string.Concat(Enumerable.Range(0, 5_000).Select(i => $"{i},n,\n")));
        var contract = LoadingStage.Contract(Fields, Key);

        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => stage.LoadAsync(contract))));

        results.Count(r => !r.AlreadyLoaded).ShouldBe(1);
        (await stage.QueryAsync("select count(*) from raw.people")).ShouldBe(["5000"]);
    }

    [Fact]
    public async Task Bad_values_are_quarantined_with_line_reason_and_text()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.Write("id,name,born\r\n1,\"two\r\nlines\",2001-02-03\r\n,Bob,\r\n3,Cid,03.02.2001\r\n4,Dan\r\n5x,Eve,never\r\n6,O\"x,\r\n7,Fay,2001-02-03\r\n");

        var result = await stage.LoadAsync(LoadingStage.Contract(Fields, Key));

        result.Rows.ShouldBe(2);
        result.Quarantined.ShouldBe(5);
        (await stage.QueryAsync("select id, meta_source_line from raw.people order by id")).ShouldBe(["1|2", "7|9"]);
        (await stage.QueryAsync("select source_line, field, reason, raw_text from ingestion.quarantine order by source_line")).ShouldBe(
        [
            "4|id|id is blank, but required|,Bob,",
            "5|born|born '03.02.2001' is no date written as yyyy-MM-dd|3,Cid,03.02.2001",
            "6|null|the row has 2 fields, the header 3|4,Dan",
            "7|id|id '5x' is not a number; born 'never' is no date written as yyyy-MM-dd|5x,Eve,never",
            "8|null|there is a quote inside a field; double it, or quote the whole field|6,O\"x,",
        ]);
        (await stage.QueryAsync("select row_count, quarantined_count from ingestion.batches")).ShouldBe(["2|5"]);
    }

    [Fact]
    public async Task A_file_of_bad_rows_alone_is_quarantined_whole()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.Write("id,name,born\n" + string.Concat(Enumerable.Range(0, 12_345).Select(i => $"x{i},n,\n")) + "1,n,\n");

        var result = await stage.LoadAsync(LoadingStage.Contract(Fields, Key));

        (result.Rows, result.Quarantined).ShouldBe((1, 12_345));
        (await stage.QueryAsync("select count(distinct source_line) from ingestion.quarantine")).ShouldBe(["12345"]);
    }

    [Fact]
    public async Task Without_a_primary_key_the_whole_row_is_the_entity()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.Write("id,name,born\n1,a|b,\n1,a,\n1.0,a,\n");

        await stage.LoadAsync(LoadingStage.Contract(Fields));

        (await stage.QueryAsync("select count(distinct meta_entity_id), min(length(meta_entity_id)) from raw.people")).ShouldBe(["2|32"]);
    }

    [Fact]
    public async Task A_primary_key_of_several_fields_is_joined_without_confusion()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.Write("a,b\nx|y,z\nx,y|z\n");
        var contract = LoadingStage.Contract("  - {name: a, type: text, required: true}\n  - {name: b, type: text, required: true}", "primary_key: [a, b]");

        await stage.LoadAsync(contract);

        (await stage.QueryAsync("select meta_entity_id from raw.people order by a desc")).ShouldBe([@"x\|y|z", @"x|y\|z"]);
    }

    [Fact]
    public async Task A_table_is_extended_by_a_new_optional_field()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.Write("id,name,born\n1,Ann,\n");
        await stage.LoadAsync(LoadingStage.Contract(Fields, Key));
        stage.Write("id,name,born,city\n2,Bob,,Rome\n");

        await stage.LoadAsync(LoadingStage.Contract(Fields + "\n  - {name: city, type: text, description: Where it's.}", Key));

        (await stage.QueryAsync("select id, city from raw.people order by id")).ShouldBe(["1|null", "2|Rome"]);
        (await stage.QueryAsync(
            "select col_description('raw.people'::regclass, attnum) from pg_attribute where attrelid = 'raw.people'::regclass and attname = 'city'"))
            .ShouldBe(["Where it's."]);
    }

    [Fact]
    public async Task A_field_that_left_the_contract_stays_in_the_table()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.Write("id,code\n1,A\n");
        await stage.LoadAsync(LoadingStage.Contract("  - {name: id, type: bigint, required: true}\n  - {name: code, type: text, required: true}", Key));
        stage.Write("id\n2\n");

        await stage.LoadAsync(LoadingStage.Contract("  - {name: id, type: bigint, required: true}", Key));

        (await stage.QueryAsync("select id, code from raw.people order by id")).ShouldBe(["1|A", "2|null"]);
    }

    [Theory]
    [InlineData("born, type: date", "born, type: text", "MDL6216", "Column 'born' of raw.people has type date, the contract says text;")]
    [InlineData("name, type: text", "name, type: text, required: true", "MDL6217", "Field 'name' is required, but raw.people already holds rows without it;")]
    public async Task A_contract_that_does_not_fit_the_table_says_the_way_out(string right, string wrong, string id, string message)
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.Write("id,name,born\n1,,\n");
        await stage.LoadAsync(LoadingStage.Contract(Fields, Key));

        var diagnostic = await stage.FailToLoadAsync(LoadingStage.Contract(Fields.Replace(right, wrong), Key));

        diagnostic.Id.ShouldBe(id);
        diagnostic.Message.ShouldStartWith(message);
        diagnostic.Message.ShouldContain("move the table away");
        (await stage.QueryAsync("select count(*) from raw.people")).ShouldBe(["1"]);
    }

    [Fact]
    public async Task Every_type_keeps_its_value()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.Write("t;b;s;i;l;n;m;r;d;day;ts;tz;u;j;k\n"
            + "Zoë's;True;-1;64.0;9007199254740993;1,234,567.891;12.50;1.5;0.1;2024-02-29;2023-02-26 " +
                "06:29:00;2023-02-26T06:29:00+01:00;6F9619FF-8B86-D011-B42D-00C04FC964FF;\"{\"\"a\"\": 1}\";[1]\n");
        var contract = LoadingStage.Contract(
            """
              - {name: t, type: text}
              - {name: b, type: boolean}
              - {name: s, type: smallint}
              - {name: i, type: integer}
              - {name: l, type: bigint}
              - {name: n, type: numeric}
              - {name: m, type: "numeric(6,2)"}
              - {name: r, type: real}
              - {name: d, type: double precision}
              - {name: day, type: date}
              - {name: ts, type: timestamp}
              - {name: tz, type: timestamptz}
              - {name: u, type: uuid}
              - {name: j, type: json}
              - {name: k, type: jsonb}
            """,
            "options: {thousands_separator: \",\"}");

        (await stage.LoadAsync(contract)).Quarantined.ShouldBe(0);

        (await stage.QueryAsync("select concat_ws('|', t, b, s, i, l, n, m, r, d, day, ts, tz at time zone 'UTC', u, j, k) from raw.people"))
            .ShouldBe(
                ["Zoë's|t|-1|64|9007199254740993|1234567.891|12.50|1.5|0.1|2024-02-29|2023-02-26 06:29:00|2023-02-26 " +
                    "05:29:00|6f9619ff-8b86-d011-b42d-00c04fc964ff|{\"a\": 1}|[1]"]);
    }

    [Fact]
    public async Task A_cancelled_load_leaves_nothing()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.Write("id,name,born\n" + string.Concat(Enumerable.Range(0, 50_000).Select(i => $"{i},n,\n")));
        using var cancellation = new CancellationTokenSource();
        var loader = new TableLoader(stage.Database, TimeProvider.System);
        var progress = new Cancelling(cancellation);

        await Should.ThrowAsync<OperationCanceledException>(() =>
            loader.LoadAsync(LoadingStage.Contract(Fields, Key), new SourceLocation(stage.Folder), progress, cancellation.Token));

        (await stage.QueryAsync("select to_regclass('raw.people') is null, (select count(*) from ingestion.batches)")).ShouldBe(["True|0"]);
        (await stage.LoadAsync(LoadingStage.Contract(Fields, Key))).Rows.ShouldBe(50_000);
    }

    [Fact]
    public async Task A_lost_server_connection_leaves_nothing()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.Write("id,name,born\n" + string.Concat(Enumerable.Range(0, 50_000).Select(i => $"{i},n,\n")));
        var loader = new TableLoader(stage.Database, TimeProvider.System);
        var progress = new Terminating(stage.Database.ConnectionString, postgres);

        await Should.ThrowAsync<NpgsqlException>(() =>
            loader.LoadAsync(LoadingStage.Contract(Fields, Key), new SourceLocation(stage.Folder), progress, default));

        (await stage.QueryAsync("select to_regclass('raw.people') is null, (select count(*) from ingestion.batches)")).ShouldBe(["True|0"]);
        (await stage.LoadAsync(LoadingStage.Contract(Fields, Key))).Rows.ShouldBe(50_000);
    }

    private sealed class Cancelling(CancellationTokenSource cancellation) : IProgress<LoadProgress>
    {
        public void Report(LoadProgress value) => cancellation.Cancel();
    }

    /// <summary>Ends the session that loads, as an administrator or a server's restart would.</summary>
    private sealed class Terminating(string connectionString, PostgresFixture postgres) : IProgress<LoadProgress>
    {
        private readonly string _database = new NpgsqlConnectionStringBuilder(connectionString).Database!;

        public void Report(LoadProgress value)
        {
            using var source = NpgsqlDataSource.Create(postgres.Server.ConnectionString());
            using var command = source.CreateCommand($"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{_database}'");
            command.ExecuteNonQuery();
        }
    }
}
