using System.Text;
using Ingestion.Connectors.Tests.BadFiles;

namespace Ingestion.Connectors.Tests.Files;

public sealed class CompressedFileTests(PostgresFixture postgres)
{
    private const string Fields = """
          - {name: id, type: bigint, required: true}
          - {name: name, type: text}
        """;

    private const string Text = "id,name\n1,Ann\n2,Zoë\n";

    [Theory]
    [InlineData("csv", "gzip", Text)]
    [InlineData("csv", "zstd", Text)]
    [InlineData("json", "gzip", "[{\"id\": 1, \"name\": \"Ann\"}, {\"id\": 2, \"name\": \"Zoë\"}]")]
    [InlineData("ndjson", "zstd", "{\"id\": 1, \"name\": \"Ann\"}\n{\"id\": 2, \"name\": \"Zoë\"}\n")]
    public async Task A_compressed_file_is_read_as_what_it_holds(string format, string kind, string text)
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        var bytes = Encoding.UTF8.GetBytes("\uFEFF" + text);
        stage.Write(kind == "gzip" ? PackedFiles.Gzip(bytes) : PackedFiles.Zstd(bytes));

        (await stage.LoadAsync(LoadingStage.Contract(Fields, "", $"format: {format}\nfile: people.csv"))).Rows.ShouldBe(2);

        (await stage.QueryAsync("select id, name, meta_source_file from raw.people order by id")).ShouldBe(["1|Ann|people.csv", "2|Zoë|people.csv"]);
    }
}
