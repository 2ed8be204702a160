using System.Text;
using Ingestion.Connectors.Sources;
using Ingestion.Loading;

namespace Ingestion.Connectors.Tests.Csv;

public sealed class MalformedFileTests(PostgresFixture postgres)
{
    private const string Fields = """
          - {name: id, type: integer, required: true}
          - {name: name, type: text}
        """;

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
        var loader = new TableLoader(stage.Database, TimeProvider.System);
        var folder = Path.Combine(stage.Folder, "nowhere");

        var exception = await Should.ThrowAsync<Models.Diagnostics.DiagnosticException>(() =>
            loader.LoadAsync(LoadingStage.Contract(Fields), new SourceLocation(folder), progress: null, default));

        exception.Message.ShouldBe($"{folder}: error MDL6202: The data folder does not exist; create it or name another one");
    }

    private static async Task ShouldBeEmptyAsync(LoadingStage stage) =>
        (await stage.QueryAsync("select to_regclass('raw.people') is null")).ShouldBe(["True"]);
}
