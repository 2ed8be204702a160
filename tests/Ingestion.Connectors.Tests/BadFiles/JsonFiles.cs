using System.Text;
using static Ingestion.Connectors.Tests.BadFiles.Delivery;

namespace Ingestion.Connectors.Tests.BadFiles;

/// <summary>Bad files of JSON: an array of records, or a record a line.</summary>
internal static class JsonFiles
{
    private const string Invalid = "error MDL6219: The file is not valid json: ";

    public static IReadOnlyList<BadFile> All { get; } = [.. Arrays(), .. Lines()];

    private static IEnumerable<BadFile> Arrays() =>
    [
        new("an empty file", "json", Refused("", "data: error MDL6205: The file is empty; expected the columns of people.yml")),
        new("an empty array", "json", Refused("[]", "people.yml(1,7): error MDL6224: 'data' has 0 rows to load, expected at least 1;")),
        new("no record but null", "json", Refused("[null]", "data, record 1: error MDL6223: Nothing is loaded, because its only record is not")),
        new("every record is bad", "json", Refused("[{\"nmae\": \"x\"}, {}]",
            "data, record 1: error MDL6223: Nothing is loaded, because all 2 records are not what people.yml says, first this one: the field 'nmae' " +
                "is not in " +
            "people.yml; did you mean 'name'?;")),
        new("cut off in a record", "json", Refused("[{\"id\": 1},\n{\"id\": 2", $"data(2,9): {Invalid}")),
        new("cut off in a text", "json", Refused("[{\"id\": 1},\n{\"id: 2}]", $"data(2,10): {Invalid}the text ends inside of a string")),
        new("cut off after a record", "json", Refused("[{\"id\": 1}\n{\"id\": 2}", $"data(2,10): {Invalid}the array is not closed")),
        new("a comma too many", "json", Refused("[{\"id\": 1},,{\"id\": 2}]", $"data(1,12): {Invalid}expected a record, not ','")),
        new("a comma at the end", "json", Refused("[{\"id\": 1},]", $"data(1,12): {Invalid}expected a record, not ']'")),
        new("null", "json", Refused("null", $"data(1,1): {Invalid}it is no array of objects;")),
        new("more behind the array", "json", Refused("[{\"id\": 1}] {}", $"data(1,13): {Invalid}")),
        new("one object", "json", Refused("{\"id\": 1}", $"data(1,1): {Invalid}it is no array of objects; one object a line is the format ndjson")),
        new("separated values", "json", Refused("id,name\n1,Ann\n", $"data(1,1): {Invalid}")),
        new("ten thousand levels", "json", Of(
            $"[{{\"id\": 1}}, {{\"id\": 2, \"name\": {new string('[', 10_000)}{new string(']', 10_000)}}}, {{\"id\": 3}}]", records: 3, loaded: 2,
                "2: the record is nested more than 512 levels deep")),
        new("ten thousand levels that are not closed", "json", Refused(new string('[', 10_000), $"data(1,10001): {Invalid}")),
        new("five hundred levels", "json", Of(
            $"[{{\"id\": 1}}, {{\"id\": 2, \"extra\": {new string('[', 500)}{new string(']', 500)}}}]", records: 2, loaded: 2)),
        new("comments", "json", Of("[{\"id\": 1}, /* two */ {\"id\": 2}]", records: 2, loaded: 1,
            "2: the record is not valid json: '/' is an invalid start of a value")),
    ];

    private static IEnumerable<BadFile> Lines() =>
    [
        new("blank lines alone", "ndjson", Refused("\n\n", "people.yml(1,7): error MDL6224: 'data' has 0 rows to load, expected at least 1;")),
        new("its only record is bad", "ndjson", Refused("{\"id\": NaN}\n",
            "data(1,1): error MDL6223: Nothing is loaded, because its only record is not what people.yml says, first this one: the record is not valid " +
                "json: 'N' is " +
            "an invalid start of a value;")),
        new("an array", "ndjson", Refused("\n[\n{\"id\": 1}\n]", $"data(2,1): {Invalid}it is an array of objects; that is the format json")),
        new("a last line that was cut off", "ndjson", Of("{\"id\": 1}\n{\"id\": 2, \"na", records: 2, loaded: 1,
            "2: the record is not valid json: Expected end of string, but instead reached end of data")),
        new("a field that is there twice", "ndjson", Of("{\"id\": 3, \"id\": 4}\n{\"id\": 5}\n", records: 2, loaded: 1, "1: id occurs twice")),
        new("values of other types", "ndjson", Of(
            "{\"id\": 2.5}\n{\"id\": \"6\"}\n{\"id\": true}\n{\"id\": 5, \"name\": {\"first\": \"Eve\"}}\n{\"id\": null}\n{\"id\": 7, \"day\": 20240229}\n",
            records: 6, loaded: 1, "1: id '2.5' is not a whole number", "3: id 'true' is not a number", "4: name is an object or array, not one value",
            "5: id is blank, but required", "6: day '20240229' is no date written as yyyy-MM-dd")),
        new("texts that PostgreSQL cannot hold", "ndjson", Of("{\"id\": 6, \"name\": \"\\ud800\"}\n{\"id\": 7, \"name\": \"a\\u0000b\"}\n{\"id\": 8}\n",
            records: 3, loaded: 1, "1: name has half a character (a lone surrogate)", "2: name 'a\uFFFDb' has a zero character, which PostgreSQL cannot hold")),
        new("numbers of any size", "ndjson", Of("{\"id\": 1, \"amount\": 1e400}\n{\"id\": 2, \"ratio\": 1e400}\n{\"id\": 1e2}\n{\"id\": " +
            "12345678901234567890}\n",
            records: 4, loaded: 2, "2: ratio '1e400' is not a number", "4: id '12345678901234567890' is out of the range of bigint")),
        new("several records in a line", "ndjson", Of("{\"id\": 1}{\"id\": 2}\n{\"id\": 3}\n", records: 2, loaded: 1,
            "1: the record is not valid json: '{' is invalid after a single JSON value")),
        new("ten thousand levels", "ndjson", Of(
            $"{{\"id\": 1, \"name\": {new string('[', 10_000)}{new string(']', 10_000)}}}\n{{\"id\": 2}}\n", records: 2, loaded: 1,
                "1: the record is nested more than 512 levels deep")),
        new("a byte order mark", "ndjson", Of([.. Encoding.UTF8.Preamble, .. "{\"id\": 1}\n"u8], records: 1, loaded: 1)),
    ];
}
