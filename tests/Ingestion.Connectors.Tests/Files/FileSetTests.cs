namespace Ingestion.Connectors.Tests.Files;

public sealed class FileSetTests(PostgresFixture postgres)
{
    private const string Fields = """
          - {name: id, type: bigint, required: true}
          - {name: name, type: text}
        """;

    private const string Batches = "select source_file, row_count from ingestion.batches order by started_at";

    [Theory]
    [InlineData("day/*.csv", "day/10.csv|1 day/2.csv|1 day/3.csv|1")]
    [InlineData("**/*.csv", "day/10.csv|1 day/2.csv|1 day/3.csv|1 day/old/1.csv|1 people.csv|1")]
    [InlineData("[people.csv, day/3.csv]", "day/3.csv|1 people.csv|1")]
    [InlineData("[day/*.csv, day/3.csv]", "day/10.csv|1 day/2.csv|1 day/3.csv|1")]
    public async Task Each_file_is_a_batch_of_its_own_in_the_order_of_the_names(string file, string batches)
    {
        await using var stage = await CreateAsync("day/2.csv", "day/10.csv", "day/3.csv", "day/old/1.csv", "people.csv", "day/notes.txt");

        var result = await stage.LoadAsync(Contract(file));

        (await stage.QueryAsync(Batches)).ShouldBe(batches.Split(' '));
        result.Files.Select(f => $"{f.Source}|{f.Rows}").ShouldBe(batches.Split(' '));
        result.Rows.ShouldBe(result.Files.Count);
        (await stage.QueryAsync("select count(distinct meta_source_file) = count(*) and count(distinct meta_batch_id) = count(*) from raw.people"))
            .ShouldBe(["True"]);
    }

    [Fact]
    public async Task Only_files_that_are_new_or_changed_are_loaded()
    {
        await using var stage = await CreateAsync("1.csv", "2.csv");
        var contract = Contract("*.csv");
        await stage.LoadAsync(contract);
        (await stage.LoadAsync(contract)).AlreadyLoaded.ShouldBeTrue();
        stage.Write("2.csv", "id,name\n2,Bob\n");
        stage.Write("3.csv", "id,name\n3,Cid\n");

        var result = await stage.LoadAsync(contract);

        result.AlreadyLoaded.ShouldBeFalse();
        result.Rows.ShouldBe(2);
        result.Files.Select(f => f.AlreadyLoaded).ShouldBe([true, false, false]);
        (await stage.QueryAsync("select meta_source_file, name from raw.people order by 1, 2"))
            .ShouldBe(["1.csv|1.csv", "2.csv|2.csv", "2.csv|Bob", "3.csv|Cid"]);
    }

    [Fact]
    public async Task A_file_that_was_put_back_is_loaded_again()
    {
        await using var stage = await CreateAsync("1.csv", "2.csv");
        var contract = Contract("*.csv");
        await stage.LoadAsync(contract);
        stage.Write("1.csv", "id,name\n1,changed\n");
        await stage.LoadAsync(contract);
        stage.Write("1.csv", Text("1.csv"));

        (await stage.LoadAsync(contract)).Files.Select(f => f.AlreadyLoaded).ShouldBe([false, true]);
        (await stage.LoadAsync(contract)).AlreadyLoaded.ShouldBeTrue();

        (await stage.QueryAsync("select name from raw.people where meta_source_file = '1.csv' order by meta_processing_time"))
            .ShouldBe(["1.csv", "changed", "1.csv"]);
    }

    [Fact]
    public async Task Files_before_a_bad_one_stay_loaded()
    {
        await using var stage = await CreateAsync("1.csv", "3.csv");
        stage.Write("2.csv", "nothing\nuseful\n");

        var diagnostic = await stage.FailToLoadAsync(Contract("*.csv"));

        diagnostic.ToString().ShouldStartWith(Path.Combine(stage.Folder, "2.csv"));
        (await stage.QueryAsync(Batches)).ShouldBe(["1.csv|1"]);
    }

    [Theory]
    [InlineData("*.csv", "MDL6229", "No file in the data folder matches '*.csv'; put one there, or change 'file' in people.yml")]
    [InlineData("[one.csv, two.csv]", "MDL6203", "There is no file 'one.csv' in the data folder; put it there, or change 'file' in people.yml")]
    [InlineData("../*.csv", "MDL6225", "The file '../*.csv' is outside of the data folder; name a file inside it by a relative path that no link leads out of")]
    [InlineData(
        "/tmp/*.csv", "MDL6225", "The file '/tmp/*.csv' is outside of the data folder; name a file inside it by a relative path that no link leads out of")]
    public async Task A_pattern_that_finds_nothing_or_leads_out_is_one_clear_line(string file, string id, string message)
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);

        var diagnostic = await stage.FailToLoadAsync(Contract(file));

        diagnostic.Id.ShouldBe(id);
        diagnostic.Message.ShouldBe(message);
    }

    [Fact]
    public async Task A_source_that_may_be_empty_may_have_no_files()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);

        (await stage.LoadAsync(Contract("*.csv", "min_rows: 0"))).Files.ShouldBeEmpty();
    }

    private static Models.Contracts.Contract Contract(string file, string rest = "") =>
        LoadingStage.Contract(Fields, rest, $"format: csv\nfile: {(file[0] == '[' ? file : $"'{file}'")}");

    private static string Text(string file) => $"id,name\n{file.Sum(c => c)},{file}\n";

    private async Task<LoadingStage> CreateAsync(params string[] files)
    {
        var stage = await LoadingStage.CreateAsync(postgres);
        foreach (var file in files)
        {
            Directory.CreateDirectory(Path.Combine(stage.Folder, Path.GetDirectoryName(file)!));
            stage.Write(file, Text(file));
        }

        return stage;
    }
}
