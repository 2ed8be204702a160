using System.IO.Compression;
using System.Text;
using ZstdSharp;

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
        stage.Write(Pack(kind, Encoding.UTF8.GetBytes("\uFEFF" + text)));

        (await stage.LoadAsync(LoadingStage.Contract(Fields, "", $"format: {format}\nfile: people.csv"))).Rows.ShouldBe(2);

        (await stage.QueryAsync("select id, name, meta_source_file from raw.people order by id")).ShouldBe(["1|Ann|people.csv", "2|Zoë|people.csv"]);
    }

    [Fact]
    public async Task A_file_that_is_compressed_later_is_the_same_batch()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.Write(Text);
        var contract = LoadingStage.Contract(Fields);
        await stage.LoadAsync(contract);
        stage.Write(Pack("gzip", Encoding.UTF8.GetBytes(Text)));

        (await stage.LoadAsync(contract)).AlreadyLoaded.ShouldBeTrue();
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("zstd")]
    public async Task Archives_joined_to_one_are_read_to_the_end(string kind)
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.Write([.. Pack(kind, Encoding.UTF8.GetBytes("id,name\n1,Ann\n")), .. Pack(kind, Encoding.UTF8.GetBytes("2,Bob\n"))]);

        (await stage.LoadAsync(LoadingStage.Contract(Fields))).Rows.ShouldBe(2);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("zstd")]
    public async Task A_file_that_unpacks_beyond_the_limit_is_one_clear_line(string kind)
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.Write(Pack(kind, new byte[3 * 1024 * 1024].Select(_ => (byte)'1').ToArray()));

        var diagnostic = await stage.FailToLoadAsync(LoadingStage.Contract(Fields, "options: {max_unpacked_mb: 2}"));

        diagnostic.Id.ShouldBe("MDL6228");
        diagnostic.Message.ShouldBe(
            "The file unpacks to more than 2 MB, the most that people.yml accepts; is it what you expect? If so, raise 'max_unpacked_mb' in the options there");
        (await stage.QueryAsync("select to_regclass('raw.people') is null")).ShouldBe(["True"]);
    }

    [Theory]
    [InlineData("gzip", "cut off")]
    [InlineData("zstd", "cut off")]
    [InlineData("gzip", "damaged")]
    [InlineData("zstd", "damaged")]
    public async Task A_damaged_archive_is_one_clear_line(string kind, string damage)
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        var bytes = Pack(kind, Encoding.UTF8.GetBytes("id,name\n" + string.Concat(Enumerable.Range(0, 50_000).Select(i => $"{i},name {i * 7919}\n"))));
        if (damage == "cut off")
            bytes = bytes[..(bytes.Length / 2)];
        else
            bytes.AsSpan(bytes.Length / 2, 100).Fill(0xFF);
        stage.Write(bytes);

        var diagnostic = await stage.FailToLoadAsync(LoadingStage.Contract(Fields));

        diagnostic.Id.ShouldBe("MDL6204", diagnostic.Message);
        diagnostic.Message.ShouldStartWith($"The file cannot be read: the {kind} archive is damaged or cut off (");
        diagnostic.Message.ShouldNotContain('\n');
        (await stage.QueryAsync("select to_regclass('raw.people') is null")).ShouldBe(["True"]);
    }

    [Fact]
    public async Task An_archive_of_nothing_is_an_empty_file()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.Write(Pack("zstd", []));

        (await stage.FailToLoadAsync(LoadingStage.Contract(Fields))).Id.ShouldBe("MDL6205");
    }

    private static byte[] Pack(string kind, byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (Stream archive = kind == "gzip" ? new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true) : Zstd(packed))
            archive.Write(bytes);

        return packed.ToArray();
    }

    /// <summary>With a checksum, as the zstd program writes it.</summary>
    private static CompressionStream Zstd(Stream stream)
    {
        var archive = new CompressionStream(stream, leaveOpen: true);
        archive.SetParameter(ZstdSharp.Unsafe.ZSTD_cParameter.ZSTD_c_checksumFlag, 1);
        return archive;
    }
}
