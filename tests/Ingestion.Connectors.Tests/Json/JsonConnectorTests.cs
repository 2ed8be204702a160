using System.Text;
using Models.Contracts;

namespace Ingestion.Connectors.Tests.Json;

public sealed class JsonConnectorTests(PostgresFixture postgres)
{
    private const string Fields = """
          - {name: id, type: integer, required: true}
          - {name: name, type: text}
          - {name: extra, type: jsonb}
        """;

    [Fact]
    public async Task An_array_is_loaded_record_by_record()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.Write("people.json", """
            [
                {"id": 1, "name": "Ann \"A\" Ångström", "extra": {"b": [1, null]}},
                {"extra": "text", "id": "2"},
                {"id": 3, "name": "", "extra": null}
            ]
            """);

        var result = await stage.LoadAsync(Contract("json"));

        result.Quarantined.ShouldBe(0);
        (await stage.QueryAsync("select id, name, extra, meta_source_line, meta_entity_id from raw.people order by id"))
            .ShouldBe(["1|Ann \"A\" Ångström|{\"b\": [1, null]}|1|1", "2|null|\"text\"|2|2", "3|null|null|3|3"]);
        (await stage.LoadAsync(Contract("json"))).AlreadyLoaded.ShouldBeTrue();
    }

    [Fact]
    public async Task Lines_are_loaded_line_by_line()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.Write("people.ndjson", "{\"id\": 1, \"name\": \"Ann\"}\r\n\r\n{\"id\": 2}\n{\"id\": 3, \"name\": \"Cid\"}");

        (await stage.LoadAsync(Contract("ndjson"))).Quarantined.ShouldBe(0);

        (await stage.QueryAsync("select id, name, meta_source_line from raw.people order by id")).ShouldBe(["1|Ann|1", "2|null|3", "3|Cid|4"]);
    }

    [Fact]
    public async Task Records_and_values_that_are_wrong_are_quarantined()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.Write("people.ndjson", """
            {"id": 1}
            {"id": null, "name": "Bob"}
            {"id": 2.5}
            {"id": 3, "id": 4}
            {"id": 5, "name": {"first": "Eve"}}
            {"id": 6, "name": "\ud800"}
            {"id": 7, "name": "a\u0000b"}
            [8]
            {"id": 9
            {"id": NaN}
            {"name": "Kim"}
            {"id": 12, "nmae": "Lee"}
            {"id": 13}
            """);

        var result = await stage.LoadAsync(Contract("ndjson"));

        (result.Rows, result.Quarantined).ShouldBe((2, 11));
        (await stage.QueryAsync("select source_line, field, reason, raw_text from ingestion.quarantine order by source_line")).ShouldBe(
        [
            "2|id|id is blank, but required|{\"id\": null, \"name\": \"Bob\"}",
            "3|id|id '2.5' is not a whole number|{\"id\": 2.5}",
            "4|null|id occurs twice|{\"id\": 3, \"id\": 4}",
            "5|null|name is an object or array, not one value|{\"id\": 5, \"name\": {\"first\": \"Eve\"}}",
            "6|null|name has half a character (a lone surrogate)|{\"id\": 6, \"name\": \"\\ud800\"}",
            "7|name|name 'a\uFFFDb' has a zero character, which PostgreSQL cannot hold|{\"id\": 7, \"name\": \"a\\u0000b\"}",
            "8|null|the record is no object|[8]",
            "9|null|the record is not valid json: '9' is an invalid end of a number|{\"id\": 9",
            "10|null|the record is not valid json: 'N' is an invalid start of a value|{\"id\": NaN}",
            "11|null|id is missing, but required|{\"name\": \"Kim\"}",
            "12|null|the field 'nmae' is not in people.yml; did you mean 'name'?|{\"id\": 12, \"nmae\": \"Lee\"}",
        ]);
    }

    [Fact]
    public async Task A_bad_record_of_an_array_leaves_the_others()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.Write("people.json", """
            [ {"id": 1, "name": "a ] , \" }"}, 2, "x]", {"id" 3},
              {"id": 4, "amount": NaN}, {"name": "Eve"}, [{"id": 5}], null, {"id": 6, "extra": [[1], {"a": "}"}]} ]
            """);

        var result = await stage.LoadAsync(Contract("json"));

        (result.Rows, result.Quarantined).ShouldBe((2, 7));
        (await stage.QueryAsync("select id, name, extra from raw.people order by id")).ShouldBe(["1|a ] , \" }|null", "6|null|[[1], {\"a\": \"}\"}]"]);
        (await stage.QueryAsync("select source_line, reason, raw_text from ingestion.quarantine order by source_line")).ShouldBe(
        [
            "2|the record is no object|2",
            "3|the record is no object|\"x]\"",
            "4|the record is not valid json: '3' is invalid after a property name|{\"id\" 3}",
            "5|the record is not valid json: 'N' is an invalid start of a value|{\"id\": 4, \"amount\": NaN}",
            "6|id is missing, but required|{\"name\": \"Eve\"}",
            "7|the record is no object|[{\"id\": 5}]",
            "8|the record is no object|null",
        ]);
    }

    [Theory]
    [InlineData("json", "[", ",", "]")]
    [InlineData("ndjson", "", "\n", "\n")]
    public async Task Of_a_record_too_long_for_memory_the_beginning_is_quarantined(string format, string start, string separator, string end)
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        var tooLong = "{\"id\": 2, \"name\": \"" + new string('x', 40_000_000) + "\"}";
        var almost = "{\"id\": 3, \"name\": \"" + new string('y', 16_000_000) + "\"}";
        stage.Write($"people.{format}", start + string.Join(separator, "{\"id\": 1}", tooLong, almost, tooLong, "{\"id\": 4}") + end);

        var result = await stage.LoadAsync(Contract(format));

        (result.Rows, result.Quarantined).ShouldBe((3, 2));
        (await stage.QueryAsync("select id, length(name), meta_source_line from raw.people order by id")).ShouldBe(["1|null|1", "3|16000000|3", "4|null|5"]);
        (await stage.QueryAsync("select source_line, reason, left(raw_text, 20), length(raw_text) from ingestion.quarantine order by source_line")).ShouldBe(
        [
            "2|the record is longer than 16777216 bytes, only its beginning is kept here|{\"id\": 2, \"name\": \"x|65536",
            "4|the record is longer than 16777216 bytes, only its beginning is kept here|{\"id\": 2, \"name\": \"x|65536",
        ]);
    }

    [Theory]
    [InlineData("json", "[{\"id\": 1, \"name\": \"Zoë\"}]")]
    [InlineData("ndjson", "{\"id\": 1, \"name\": \"Zoë\"}\n")]
    public async Task An_encoding_is_detected(string format, string text)
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        foreach (var encoding in new[] { Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            stage.Write($"people.{format}", text, encoding);
            await stage.LoadAsync(Contract(format));
        }

        (await stage.QueryAsync("select name, count(*) from raw.people group by name")).ShouldBe(["Zoë|3"]);
    }

    private static Contract Contract(string format) =>
        LoadingStage.Contract(Fields, "primary_key: [id]", $"format: {format}\nfile: people.{format}");
}
