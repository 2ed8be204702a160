using Ingestion.Loading.Retrying;
using Models.Contracts;

namespace Ingestion.Connectors.Tests.Loading;

/// <summary>Quarantined records that are listed, discarded, and tried again after their contract was changed.</summary>
public sealed class QuarantineRetryTests(PostgresFixture postgres)
{
    private const string Counts = "select row_count, quarantined_count from ingestion.batches order by started_at";
    private const string Rows = "select id, name, meta_source_line from raw.people order by id";

    [Fact]
    public async Task A_record_that_fits_the_changed_contract_is_loaded_as_part_of_its_batch()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.Write("id,name\n1,Ann\n2,\"Bob, the second\"\n1000,Cid\nx,Dan\n2000,Eve\n");
        var first = await stage.LoadAsync(Contract("integer, max: 100"));
        (await new QuarantineStore(stage.Database).ListTablesAsync(default)).ShouldHaveSingleItem().Open.ShouldBe(3);

        var result = await RetryAsync(stage, Contract("integer, max: 1000"));

        result.ShouldBe(new RetryResult("people", Loaded: 1, StillBad: 2, Outdated: 0));
        (await stage.QueryAsync(Rows)).ShouldBe(["1|Ann|2", "2|Bob, the second|3", "1000|Cid|4"]);
        (await stage.QueryAsync("select distinct meta_batch_id, meta_source_file, meta_entity_id is null from raw.people"))
            .ShouldBe([$"{first.BatchId}|people.csv|False"]);
        (await stage.QueryAsync("select count(distinct meta_processing_time) from raw.people")).ShouldBe(["1"]);
        (await stage.QueryAsync(Counts)).ShouldBe(["3|2"]);
        (await stage.QueryAsync("select source_line, reason from ingestion.quarantine order by 1")).ShouldBe(
            ["5|id 'x' is not a number", "6|id '2000' is greater than 1000"]);

        // a type that takes all of them
        (await RetryAsync(stage, LoadingStage.Contract(Field("name"), "", "format: csv\nfile: people.csv\non_schema_change: ignore")))
            .ShouldBe(new RetryResult("people", Loaded: 2, StillBad: 0, Outdated: 0));
        (await stage.QueryAsync(Counts)).ShouldBe(["5|0"]);
        (await RetryAsync(stage, Contract("integer"))).ShouldBe(new RetryResult("people", 0, 0, 0));
    }

    [Fact]
    public async Task One_record_can_be_tried_alone()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.Write("id,name\n1,Ann\n1000,Cid\n2000,Eve\n");
        await stage.LoadAsync(Contract("integer, max: 100"));
        var records = await new QuarantineStore(stage.Database).ListAsync("people", after: 0, limit: 10, default);

        var result = await new QuarantineRetry(stage.Database).RetryAsync(Contract("integer"), records[1].Id, default);

        result.Loaded.ShouldBe(1);
        (await stage.QueryAsync(Rows)).ShouldBe(["1|Ann|2", "2000|Eve|4"]);
        (await new QuarantineStore(stage.Database).ListAsync("people", after: 0, limit: 10, default)).ShouldHaveSingleItem().Id.ShouldBe(records[0].Id);
    }

    [Fact]
    public async Task A_json_record_whose_field_came_into_the_contract_is_loaded()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        const string Source = "format: ndjson\nfile: people.csv";
        stage.Write("""
            {"id": 1, "name": "Ann"}
            {"id": 2, "name": "Bob", "tags": ["a", {"b": 1.50}]}
            {"id": 3, "name": "C\u0000d"}
            {"id": 4,
            """);
        await stage.LoadAsync(LoadingStage.Contract($"{Field("id", "integer")}\n{Field("name")}", "", Source));

        var result = await RetryAsync(stage, LoadingStage.Contract($"{Field("id", "integer")}\n{Field("name")}\n{Field("tags", "json")}", "", Source));

        result.ShouldBe(new RetryResult("people", Loaded: 1, StillBad: 2, Outdated: 0));
        (await stage.QueryAsync("select id, tags from raw.people order by id")).ShouldBe(["1|null", "2|[\"a\", {\"b\": 1.50}]"]);
        (await stage.QueryAsync(Counts)).ShouldBe(["2|2"]);
    }

    [Fact]
    public async Task What_was_not_read_is_not_taken_for_null()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.Write("id,name,extra\n1,Ann,a\nx,Bob,b\n3,Cid\n");
        await stage.LoadAsync(Contract("integer", "on_schema_change: ignore"));

        var changed = LoadingStage.Contract($"{Field("id")}\n{Field("name")}\n{Field("extra")}");
        stage.Write("id,name,extra\n");
        await stage.QueryAsync("alter table raw.people alter column id type text");
        (await RetryAsync(stage, changed)).ShouldBe(new RetryResult("people", Loaded: 0, StillBad: 2, Outdated: 0));

        (await stage.QueryAsync("select source_line, reason from ingestion.quarantine order by 1")).ShouldBe(
        [
            "3|extra was not in the contract when the record was read; load the source again",
            "4|the row has 2 fields, the header 3",
        ]);
    }

    [Fact]
    public async Task A_discarded_record_is_kept_and_left_alone()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.Write("id,name\n1,Ann\n1000,Cid\n");
        await stage.LoadAsync(Contract("integer, max: 100"));
        var store = new QuarantineStore(stage.Database);
        var id = (await store.ListAsync("people", after: 0, limit: 10, default)).Single().Id;

        (await store.DiscardAsync("people", id, DateTimeOffset.UtcNow, default)).ShouldBe(1);

        (await RetryAsync(stage, Contract("integer"))).ShouldBe(new RetryResult("people", 0, 0, 0));
        (await store.ListAsync("people", after: 0, limit: 10, default)).ShouldBeEmpty();
        (await store.FindAsync("people", id, default)).ShouldNotBeNull().RawText.ShouldBe("1000,Cid");
        (await stage.QueryAsync(Counts)).ShouldBe(["1|1"]);
    }

    [Fact]
    public async Task An_incremental_stream_does_not_read_a_retried_record_twice()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        const string Append = "sync_mode: incremental_append\ncursor: id";
        stage.Write("id,name\n1,Ann\n5,Bob\n3,Cid\n");
        var strict = LoadingStage.Contract($"  - {{name: id, type: integer, required: true}}\n  - {{name: name, type: text, values: [Ann]}}", Append);
        await stage.LoadAsync(strict);

        var loose = LoadingStage.Contract($"  - {{name: id, type: integer, required: true}}\n{Field("name")}", Append);
        (await RetryAsync(stage, loose)).Loaded.ShouldBe(2);
        stage.Write("id,name\n1,Ann\n5,Bob\n3,Cid\n6,Dan\n");
        await stage.LoadAsync(loose);

        (await stage.QueryAsync("select id, name from raw.people order by id")).ShouldBe(["1|Ann", "3|Cid", "5|Bob", "6|Dan"]);
        (await stage.QueryAsync("select cursor_value from ingestion.streams")).ShouldBe(["6"]);
    }

    [Fact]
    public async Task A_record_of_a_load_that_was_replaced_is_outdated()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        const string Overwrite = "sync_mode: full_refresh_overwrite";
        stage.Write("id,name\n1,Ann\n1000,Cid\n");
        await stage.LoadAsync(Contract("integer, max: 100", Overwrite));
        stage.Write("id,name\n1,Anna\n2000,Dan\n");
        await stage.LoadAsync(Contract("integer, max: 100", Overwrite));

        (await RetryAsync(stage, Contract("integer", Overwrite))).ShouldBe(new RetryResult("people", Loaded: 1, StillBad: 0, Outdated: 1));

        (await stage.QueryAsync(Rows)).ShouldBe(["1|Anna|2", "2000|Dan|3"]);
        (await stage.QueryAsync(Counts)).ShouldBe(["1|1", "2|0"]);
    }

    private static Contract Contract(string id, string rest = "") =>
        LoadingStage.Contract($"  - {{name: id, type: {id}}}\n{Field("name")}", rest);

    private static string Field(string name, string type = "text") => $"  - {{name: {name}, type: {type}}}";

    private static Task<RetryResult> RetryAsync(LoadingStage stage, Contract contract) =>
        new QuarantineRetry(stage.Database).RetryAsync(contract, id: null, default);
}
