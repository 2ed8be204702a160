using System.Text;

namespace Ingestion.Connectors.Tests.Csv;

public sealed class CsvDetectionTests(PostgresFixture postgres)
{
    private const string Fields = """
          - {name: id, type: integer, required: true}
          - {name: first_name, type: text}
        """;

    [Theory]
    [InlineData("id,first_name\n1,Ann\n2,Bob\n")]
    [InlineData("id;first_name\r\n1;Ann\r\n2;Bob\r\n")]
    [InlineData("id\tfirst_name\r1\tAnn\r2\tBob")]
    [InlineData("id|first_name\n1|Ann\n\n2|Bob\n\n")]
    [InlineData("first_name,id\nAnn,1\nBob,2")]
    [InlineData(" ID , First Name \n 1 ,Ann\n 2 ,Bob\n")]
    [InlineData("\"id\",\"first-name\"\n\"1\",\"Ann\"\n\"2\",\"Bob\"\n")]
    [InlineData(",id,first_name\n0,1,Ann\n1,2,Bob\n")]
    [InlineData("id,first_name\n0,1,Ann\n1,2,Bob\n")]
    [InlineData("id,first_name,\n1,Ann,\n2,Bob,\n")]
    [InlineData("id,first_name\n2,Bob,\n1,Ann,\n")]
    public async Task A_layout_is_detected(string text)
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.Write(text);

        (await stage.LoadAsync(LoadingStage.Contract(Fields))).Quarantined.ShouldBe(0);

        (await stage.QueryAsync("select id, first_name from raw.people order by id")).ShouldBe(["1|Ann", "2|Bob"]);
    }

    [Fact]
    public async Task An_index_that_does_not_count_is_taken_on_the_contracts_word()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.Write("id,first_name\na7,1,Ann\nb3,2,Bob\n");

        (await stage.FailToLoadAsync(LoadingStage.Contract(Fields))).Message
            .ShouldBe(
                "The rows have 3 fields where the header has 2; add 'index_column: true' to the options of people.yml where an unnamed index comes first, " +
                "'index_column: false' where the lines end in a separator");
        await stage.LoadAsync(LoadingStage.Contract(Fields, "options: {index_column: true}"));

        (await stage.QueryAsync("select id, first_name from raw.people order by id")).ShouldBe(["1|Ann", "2|Bob"]);
    }

    public static TheoryData<string, bool> Encodings => new()
    {
        { "utf-8", false }, { "utf-8", true }, { "utf-16", false }, { "utf-16", true }, { "utf-16BE", false }, { "utf-16BE", true },
        { "utf-32", true }, { "utf-32BE", true },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task An_encoding_is_detected(string name, bool withMark)
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        var bytes = encoding.GetBytes("id,first_name\n1,Zoë – Ångström\n");
        stage.Write(withMark ? [.. encoding.GetPreamble(), .. bytes] : bytes);

        await stage.LoadAsync(LoadingStage.Contract(Fields));

        (await stage.QueryAsync("select first_name from raw.people")).ShouldBe(["Zoë – Ångström"]);
    }
}
