using Models.Contracts;

namespace Ingestion.Connectors.Tests.BadFiles;

/// <summary>
/// The table of bad files: what is loaded, what is quarantined, what is said. No record is lost or guessed: those that are loaded and those that are
/// quarantined are together the records of the file.
/// </summary>
public sealed class BadFileTests(BadFileStage fixture) : IClassFixture<BadFileStage>
{
    private const string Fields = """
          - {name: id, type: bigint, required: true}
          - {name: name, type: text}
          - {name: amount, type: numeric}
          - {name: ratio, type: double precision}
          - {name: day, type: date}
          - {name: extra, type: jsonb}
        """;

    private static readonly Dictionary<string, BadFile> Files = ((IEnumerable<BadFile>)
        [.. CsvFiles.All, .. JsonFiles.All, .. XmlFiles.All, .. PackedFiles.All, .. BinaryFiles.All, .. RepeatedFiles.All])
        .ToDictionary(f => $"{f.Format}: {f.What}", StringComparer.Ordinal);

    public static TheoryData<string> Names => [.. Files.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_bad_file_ends_as_the_table_says(string name)
    {
        var stage = fixture.Stage;
        var file = Files[name];
        var contract = LoadingStage.Contract(Fields, file.Rest, $"format: {file.Format}\nfile: '{file.File}'") with
        {
            Name = $"bad_{Files.Keys.ToList().IndexOf(name)}",
        };
        foreach (var delivery in file.Deliveries)
        {
            if (!delivery.KeepsOthers)
                Clear(stage.Folder);
            await File.WriteAllBytesAsync(Path.Combine(stage.Folder, delivery.Name), delivery.Content);
            var before = await CountAsync(stage, contract.Name);

            await CheckAsync(stage, contract, delivery);

            var after = await CountAsync(stage, contract.Name);
            var batches = delivery.IsKnown || delivery.Refusal is not null ? 0 : 1;
            (after.Loaded - before.Loaded, after.Quarantined - before.Quarantined, after.Batches - before.Batches)
                .ShouldBe((delivery.Loaded, delivery.Reasons.Count, batches));
            (delivery.Records ?? delivery.Loaded).ShouldBe(delivery.Loaded + delivery.Reasons.Count);
        }
    }

    [Fact]
    public void The_table_has_sixty_files_or_more() => Files.Count.ShouldBeGreaterThanOrEqualTo(60);

    private static async Task CheckAsync(LoadingStage stage, Contract contract, Delivery delivery)
    {
        if (delivery.Refusal is { } refusal)
        {
            var message = (await stage.FailToLoadAsync(contract)).ToString().Replace(stage.Folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
            message.ShouldStartWith(refusal);
            message.ShouldNotContain('\n');
            return;
        }

        var result = await stage.LoadAsync(contract);
        result.AlreadyLoaded.ShouldBe(delivery.IsKnown);
        if (delivery.IsKnown)
            return;

        var batch = result.Files.LastOrDefault()?.BatchId ?? result.BatchId;
        (await stage.QueryAsync($"select source_line || ': ' || reason from ingestion.quarantine where batch_id = '{batch}' order by source_line"))
            .ShouldBe(delivery.Reasons);
    }

    private static async Task<(long Loaded, long Quarantined, long Batches)> CountAsync(LoadingStage stage, string table)
    {
        if ((await stage.QueryAsync($"select to_regclass('raw.{table}') is not null"))[0] != "True")
            return (0, 0, 0);

        var counts = (await stage.QueryAsync(
            $"select (select count(*) from raw.{table}), (select count(*) from ingestion.quarantine where table_name = '{table}'), " +
            $"(select count(*) from ingestion.batches where table_name = '{table}')"))[0].Split('|').Select(c => long.Parse(c, null)).ToList();
        return (counts[0], counts[1], counts[2]);
    }

    private static void Clear(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder))
            File.Delete(file);
    }
}
