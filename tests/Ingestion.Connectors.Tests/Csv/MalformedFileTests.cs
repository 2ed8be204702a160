using System.Text;
using Ingestion.Connectors.Sources;

namespace Ingestion.Connectors.Tests.Csv;

public sealed class MalformedFileTests(PostgresFixture postgres)
{
    private const string Fields = """
          - {name: id, type: integer, required: true}
          - {name: name, type: text}
        """;

    public static TheoryData<string, string, string, string> Files => new()
    {
        { "no rows, no header", "", "MDL6205", "The file is empty; expected the columns of people.yml" },
        { "blank lines alone", "\n\n\n", "MDL6205", "The file is empty; expected the columns of people.yml" },
        { "a missing column", "name\nAnn\n", "MDL6209", "The column 'id', which people.yml requires, is missing; there are name" },
        { "a misspelt column", "di,name\n1,Ann\n", "MDL6209",
            "The column 'id', which people.yml requires, is missing; did you mean 'di'?; there are di, name" },
        { "an unexpected column", "id,name,nmae\n1,Ann,x\n", "MDL6210",
            "The column 'nmae' is not in people.yml; did you mean 'name'?; add it there or remove it from the data" },
        { "an unnamed column", "id,,name\n1,x,Ann\n", "MDL6210", "The column '' is not in people.yml; add it there or remove it from the data" },
        { "a column twice", "id,name,Name\n1,Ann,Ann\n", "MDL6211", "The column 'Name' occurs twice; rename or remove one of them" },
        { "a quote open to the end", "id,name\n1,Ann\n2,\"Bob\n3,Cid\n", "MDL6212",
            "The quote that opens here is not closed properly; close it, or double a quote that belongs to the text" },
        { "a quote that swallows lines", "id,name\n1,Ann\n2,\"Bob\n3,\"Cid\"\n4,Dan\n", "MDL6212",
            "The quote that opens here is not closed properly; close it, or double a quote that belongs to the text" },
        { "a header in an open quote", "\"id,name\n1,Ann\n", "MDL6212",
            "The quote that opens here is not closed properly; close it, or double a quote that belongs to the text" },
        { "a row without end", "id,name\n1,Ann\n2,\"" + new string(
            'x', 2_000_000), "MDL6213", "The row that begins here is longer than 1048576 bytes; is a quote not closed?" },
        { "a header without end", "id,name," + string.Concat(Enumerable.Range(0, 30_000).Select(i => $"column{i},")), "MDL6227",
            "The header is longer than 262144 characters; is a quote, or the end of its line, missing?" },
        { "zero bytes", "id,name\n1,A\0nn\n", "MDL6206", "The file is not text: byte 0x00 at offset 11; export it as text in UTF-8" },
        { "an archive", "PK\u0003\u0004zzzz", "MDL6206",
            "The file is not text: it is a zip archive or an Excel workbook; unpack it, or export it as text in UTF-8" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_malformed_file_is_one_clear_line_and_nothing_is_written(string what, string text, string id, string message)
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.Write(text);

        var diagnostic = await stage.FailToLoadAsync(LoadingStage.Contract(Fields));

        diagnostic.Id.ShouldBe(id, what);
        diagnostic.Message.ShouldBe(message);
        diagnostic.ToString().ShouldStartWith(Path.Combine(stage.Folder, "people.csv"));
        diagnostic.ToString().ShouldNotContain('\n');
        await ShouldBeEmptyAsync(stage);
    }

    [Fact]
    public async Task An_open_quote_is_reported_at_its_line()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.Write("id,name\n1,\"two\nlines\"\n\n2,\"Bob\n3,Cid\n");

        (await stage.FailToLoadAsync(LoadingStage.Contract(Fields))).Span.StartLine.ShouldBe(5);
    }

    [Theory]
    [InlineData("utf-8", "The file is not written in utf-8: byte 0xeb at offset 12; save it so, or correct 'encoding' in people.yml")]
    [InlineData("utf-7", "Unknown encoding 'utf-7'; expected a name such as utf-8, utf-16 or windows-1252")]
    [InlineData("no-such", "Unknown encoding 'no-such'; expected a name such as utf-8, utf-16 or windows-1252")]
    public async Task A_wrong_encoding_is_reported(string encoding, string message)
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.Write(Encoding.Latin1.GetBytes("id,name\n1,Zo\u00eb\n"));

        (await stage.FailToLoadAsync(LoadingStage.Contract(Fields, $"options: {{encoding: {encoding}}}"))).Message.ShouldBe(message);

        await ShouldBeEmptyAsync(stage);
    }

    [Fact]
    public async Task A_missing_file_names_the_file_and_the_contract()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);

        (await stage.FailToLoadAsync(LoadingStage.Contract(Fields))).Message
            .ShouldBe("There is no file 'people.csv' in the data folder; put it there, or change 'file' in people.yml");
    }

    [Fact]
    public async Task A_missing_folder_is_named()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        var loader = new Connectors.Loading.TableLoader(stage.Database, TimeProvider.System);
        var folder = Path.Combine(stage.Folder, "nowhere");

        var exception = await Should.ThrowAsync<Models.Diagnostics.DiagnosticException>(() =>
            loader.LoadAsync(LoadingStage.Contract(Fields), new SourceLocation(folder), progress: null, default));

        exception.Message.ShouldBe($"{folder}: error MDL6202: The data folder does not exist; create it or name another one");
    }

    [Fact]
    public async Task Random_bytes_are_refused()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        var bytes = new byte[100_000];
        new Random(7).NextBytes(bytes);
        stage.Write(bytes);

        (await stage.FailToLoadAsync(LoadingStage.Contract(Fields))).Id.ShouldBe("MDL6206");
    }

    private static async Task ShouldBeEmptyAsync(LoadingStage stage) =>
        (await stage.QueryAsync("select to_regclass('raw.people') is null")).ShouldBe(["True"]);
}
