using Ingestion.Connectors.Sources;
using Ingestion.Loading;
using Ingestion.Loading.Batches;
using Models.Contracts;

namespace Ingestion.Connectors.Tests.Loading;

/// <summary>Loads in parts that end in the middle, as a killed process ends them.</summary>
public sealed class ResumeTests(PostgresFixture postgres)
{
    private const int Lines = 45_000;

    [Fact]
    public async Task A_load_that_was_cut_off_goes_on_after_its_last_part()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        Write(stage, "a");
        await CutOffAsync(stage, Contract(), after: 30_000);
        (await stage.QueryAsync("select count(*), max(meta_source_line) from raw.people")).ShouldBe(["23998|24001"]);
        (await stage.QueryAsync("select row_count, quarantined_count, records_read, identity is null from ingestion.batches")).ShouldBe(["23998|2|24000|True"]);
        var written = await stage.QueryAsync("select min(xmin::text), max(xmin::text), count(distinct xmin::text) from raw.people");

        var result = await stage.LoadAsync(Contract());

        (result.Rows, result.Quarantined, result.AlreadyLoaded).ShouldBe((Lines - 4, 4, false));
        (await stage.QueryAsync("select count(*), count(distinct meta_source_line), count(distinct meta_batch_id), count(distinct meta_processing_time) from raw.people"))
            .ShouldBe([$"{Lines - 4}|{Lines - 4}|1|1"]);
        (await stage.QueryAsync("select min(xmin::text), max(xmin::text), count(distinct xmin::text) from raw.people where meta_source_line <= 24001")).ShouldBe(written);
        (await stage.QueryAsync("select row_count, quarantined_count, records_read, identity is null from ingestion.batches")).ShouldBe([$"{Lines - 4}|4|null|False"]);
        (await stage.QueryAsync("select count(*) from ingestion.quarantine")).ShouldBe(["4"]);
        (await stage.LoadAsync(Contract())).AlreadyLoaded.ShouldBeTrue();
    }

    [Fact]
    public async Task A_file_that_was_replaced_before_the_load_went_on_is_loaded_from_the_start()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        Write(stage, "a");
        await CutOffAsync(stage, Contract(), after: 30_000);
        Write(stage, "b");

        (await stage.LoadAsync(Contract())).Rows.ShouldBe(Lines - 4);

        (await stage.QueryAsync("select left(name, 1), count(*) from raw.people group by 1")).ShouldBe([$"b|{Lines - 4}"]);
        (await stage.QueryAsync("select count(*) from ingestion.quarantine")).ShouldBe(["4"]);
        (await stage.QueryAsync("select count(*) from ingestion.batches")).ShouldBe(["1"]);
    }

    [Theory]
    [InlineData("max_bad_rows: 3")]
    [InlineData("min_rows: 50000")]
    public async Task A_file_that_is_not_what_its_contract_says_leaves_nothing(string limit)
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        Write(stage, "a");

        await stage.FailToLoadAsync(Contract(limit));

        (await stage.QueryAsync("select count(*) from raw.people")).ShouldBe(["0"]);
        (await stage.QueryAsync("select (select count(*) from ingestion.quarantine) + (select count(*) from ingestion.batches)")).ShouldBe(["0"]);
    }

    private static Contract Contract(string rest = "") => LoadingStage.Contract(
        "  - {name: id, type: integer, required: true}\n  - {name: name, type: text}", $"commit_every: 12000\n{rest}");

    /// <summary>Every ten-thousandth record is bad.</summary>
    private static void Write(LoadingStage stage, string name) => stage.Write(
        string.Concat(["id,name\n", .. Enumerable.Range(1, Lines).Select(i => i % 10_000 == 0 ? $"x,{name}{i}\n" : $"{i},{name}{i}\n")]));

    private static async Task CutOffAsync(LoadingStage stage, Contract contract, long after) =>
        await Should.ThrowAsync<OperationCanceledException>(() =>
            new TableLoader(stage.Database, TimeProvider.System).LoadAsync(contract, new SourceLocation(stage.Folder), new CutOff(after), default));

    private sealed class CutOff(long after) : IProgress<LoadProgress>
    {
        public void Report(LoadProgress value)
        {
            if (value.Rows >= after)
                throw new OperationCanceledException();
        }
    }
}
