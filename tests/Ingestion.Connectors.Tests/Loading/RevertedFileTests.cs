namespace Ingestion.Connectors.Tests.Loading;

/// <summary>A file that is put back after a change: what was loaded before is not what is newest.</summary>
public sealed class RevertedFileTests(PostgresFixture postgres)
{
    private const string Fields = """
          - {name: id, type: bigint, required: true}
          - {name: name, type: text}
        """;

    private const string Old = "id,name\n1,Ann\n";
    private const string Changed = "id,name\n1,Anna\n";

    [Fact]
    public async Task A_file_put_back_after_a_change_is_loaded_again()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        var contract = LoadingStage.Contract(Fields, "primary_key: [id]");
        var loads = new List<(bool AlreadyLoaded, Guid BatchId)>();
        foreach (var text in (string[])[Old, Changed, Old, Old, Changed, Changed, Old])
        {
            stage.Write(text);
            var result = await stage.LoadAsync(contract);
            loads.Add((result.AlreadyLoaded, result.BatchId));
        }

        loads.Select(l => l.AlreadyLoaded).ShouldBe([false, false, false, true, false, true, false]);
        loads[3].BatchId.ShouldBe(loads[2].BatchId);
        loads.Select(l => l.BatchId).Distinct().Count().ShouldBe(5);
        (await stage.QueryAsync("select name from raw.people order by meta_processing_time")).ShouldBe(["Ann", "Anna", "Ann", "Anna", "Ann"]);
    }

    [Fact]
    public async Task A_contract_put_back_after_a_change_is_loaded_again()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.Write("id,name\n1,-\n");
        var contract = LoadingStage.Contract(Fields, "primary_key: [id]");
        await stage.LoadAsync(contract);
        await stage.LoadAsync(LoadingStage.Contract(Fields, "primary_key: [id]\noptions: {null_values: ['-']}"));

        (await stage.LoadAsync(contract)).AlreadyLoaded.ShouldBeFalse();

        (await stage.QueryAsync("select name from raw.people order by meta_processing_time")).ShouldBe(["-", "null", "-"]);
    }

    [Fact]
    public async Task The_newest_batch_has_the_latest_processing_time_on_a_host_whose_clock_is_late()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        var contract = LoadingStage.Contract(Fields, "primary_key: [id]");
        stage.Write(Old);
        await stage.LoadAsync(contract);
        await stage.QueryAsync(
            "update ingestion.batches set started_at = started_at + interval '1 hour', finished_at = finished_at + interval '1 hour'; update raw.people set " +
            "meta_processing_time = meta_processing_time + interval '1 hour'");
        stage.Write(Changed);
        await stage.LoadAsync(contract);
        stage.Write(Old);

        (await stage.LoadAsync(contract)).AlreadyLoaded.ShouldBeFalse();

        (await stage.QueryAsync("select name from raw.people order by meta_processing_time")).ShouldBe(["Ann", "Anna", "Ann"]);
    }
}
