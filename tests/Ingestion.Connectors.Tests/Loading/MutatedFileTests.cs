using System.Text;
using Ingestion.Loading;
using Ingestion.Loading.Batches;
using Models.Contracts;
using Models.Diagnostics;

namespace Ingestion.Connectors.Tests.Loading;

/// <summary>Files that were right once: whatever happened to them, a load ends in rows, quarantined records or one clear line.</summary>
public sealed class MutatedFileTests(PostgresFixture postgres)
{
    private const int Rounds = 150;

    private static readonly byte[][] Insertions =
    [
        "\""u8.ToArray(), ","u8.ToArray(), "\n"u8.ToArray(), "\r"u8.ToArray(), ";"u8.ToArray(), "{"u8.ToArray(), "]"u8.ToArray(), "\\u0000"u8.ToArray(), "\\ud800"u8.ToArray(),
        [0xFF], [0x00], [0xE2, 0x82], "é"u8.ToArray(), "999999999999999999999"u8.ToArray(), "null"u8.ToArray(), "-"u8.ToArray(), "\t"u8.ToArray(),
    ];

    [Theory]
    [InlineData("csv", "id,name,amount,day\n1,Ann,\"1,058.11\",2024-01-01\n2,\"Bob \"\"B\"\"\",7,\n3,\"two\nlines\",0.5,2024-02-29\n")]
    [InlineData("json", "[{\"id\": 1, \"name\": \"Ann\", \"amount\": 1.5},\n {\"id\": 2, \"name\": null, \"day\": \"2024-01-01\"}]")]
    [InlineData("ndjson", "{\"id\": 1, \"name\": \"Ann\", \"amount\": 1.5}\n{\"id\": 2, \"name\": null, \"day\": \"2024-01-01\"}\n")]
    public async Task A_load_of_a_mutated_file_ends_well(string format, string text)
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        var contract = LoadingStage.Contract(
            """
              - {name: id, type: integer, required: true}
              - {name: name, type: text}
              - {name: amount, type: numeric}
              - {name: day, type: date}
            """,
            "primary_key: [id]\noptions: {thousands_separator: \",\"}",
            $"format: {format}\nfile: people.csv");
        var random = new Random(format.Length);
        long loaded = 0;
        for (var round = 0; round < Rounds; round++)
            loaded += await LoadAsync(stage, contract, Mutate(Encoding.UTF8.GetBytes(text), random));

        loaded.ShouldBeGreaterThan(0);
        (await stage.QueryAsync(
            "select coalesce(sum(row_count), 0) = (select count(*) from raw.people), coalesce(sum(quarantined_count), 0) = (select count(*) from " +
            "ingestion.quarantine) from ingestion.batches"))
            .ShouldBe(["True|True"]);
    }

    [Fact]
    public async Task A_file_that_is_written_while_it_is_read_is_not_loaded()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.Write("id\n" + string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{i}\n")));
        var contract = LoadingStage.Contract("  - {name: id, type: bigint, required: true}");
        var loader = new TableLoader(stage.Database, TimeProvider.System);
        var append = new Appending(Path.Combine(stage.Folder, "people.csv"));

        var exception = await Should.ThrowAsync<DiagnosticException>(() =>
            loader.LoadAsync(contract, new Connectors.Sources.SourceLocation(stage.Folder), append, default));

        exception.Diagnostic.Message.ShouldBe("The file was changed while it was read; load it again");
        (await stage.QueryAsync("select to_regclass('raw.people') is null, (select count(*) from ingestion.batches)")).ShouldBe(["True|0"]);
        (await stage.LoadAsync(contract)).Rows.ShouldBe(20_000 + append.Rows);
    }

    private static async Task<long> LoadAsync(LoadingStage stage, Contract contract, byte[] bytes)
    {
        stage.Write(bytes);
        try
        {
            return (await stage.LoadAsync(contract)).Rows;
        }
        catch (DiagnosticException exception)
        {
            exception.Message.ShouldNotContain('\n');
            return 0;
        }
    }

    private static byte[] Mutate(byte[] bytes, Random random)
    {
        var mutated = bytes.ToList();
        for (var changes = random.Next(1, 4); changes > 0 && mutated.Count > 0; changes--)
        {
            var at = random.Next(mutated.Count);
            switch (random.Next(4))
            {
                case 0:
                    mutated.RemoveAt(at);
                    break;
                case 1:
                    mutated.RemoveRange(at, mutated.Count - at);
                    break;
                default:
                    mutated.InsertRange(at, Insertions[random.Next(Insertions.Length)]);
                    break;
            }
        }

        return [.. mutated];
    }

    /// <summary>Another program, which does not know .NET's locks of files.</summary>
    private sealed class Appending(string path) : IProgress<LoadProgress>
    {
        public int Rows { get; private set; }

        public void Report(LoadProgress value)
        {
            Rows++;
            using var process = System.Diagnostics.Process.Start("sh", ["-c", $"echo 7 >> '{path}'"]);
            process.WaitForExit();
        }
    }
}
