using System.Text.Json;
using System.Text.Json.Nodes;

namespace Models.Contracts;

/// <summary>
/// The JSON schema of contracts, by which editors complete and check them. What a key may be comes from the types that it is read into. Source: JSON
/// Schema, draft 2020-12.
/// </summary>
public static class ContractSchema
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <param name="formats">The formats that connectors read.</param>
    public static string Generate(IEnumerable<string> formats)
    {
        var schema = Mapping("An ingestion contract: what a table of schema raw promises to hold, and where its rows come from.", ["name", "format", "fields"],
            ("name", Text("The table in schema raw.")),
            ("description", Text("What the table holds.")),
            ("format", Choice("The connector that reads the data.", formats)),
            ("file", TextOrList("A file of the data folder, a pattern, or a list of them.")),
            ("primary_key", TextOrList("The fields that identify an entity.")),
            ("sync_mode", Choice("How rows come into the table.", SyncModes.All)),
            ("cursor", Text("The field that only grows.")),
            ("on_schema_change", Choice("What is done with a column that is not in the contract.", ["fail", "add_columns", "ignore"])),
            ("min_rows", Whole("Fewer rows fail the load.", least: 0)),
            ("max_bad_rows", new JsonObject
            {
                ["description"] = "More quarantined records, or a larger share of them, fail the load.",
                ["type"] = new JsonArray("integer", "string"),
                ["pattern"] = "^[0-9]+(\\.[0-9]+)?%?$",
            }),
            ("commit_every", Whole("Commits a file in parts of that many records.", least: 1)),
            ("options", Options()),
            ("fields", new JsonObject { ["type"] = "array", ["items"] = Field() }));
        schema["$schema"] = "https://json-schema.org/draft/2020-12/schema";
        schema["title"] = "Leadline ingestion contract";
        return schema.ToJsonString(Indented).ReplaceLineEndings("\n") + "\n";
    }

    private static JsonObject Field() => Mapping("One field.", ["name", "type"],
        ("name", Text("The column's name; not beginning with meta_.")),
        ("type", new JsonObject
        {
            ["description"] = "A PostgreSQL type.",
            ["anyOf"] = new JsonArray(
                Choice("", FieldType.KnownSpellings), new JsonObject { ["type"] = "string", ["pattern"] = "^(numeric|decimal) ?\\([0-9]+(, ?[0-9]+)?\\)$" }),
        }),
        ("required", Boolean("A row without a value is quarantined.")),
        ("description", Text("What it is.")),
        ("unit", Text("The unit of its numbers.")),
        ("format", Text("The format of a date or timestamp in .NET's notation.")),
        ("min", Scalar("The smallest number, date or timestamp.")),
        ("max", Scalar("The largest number, date or timestamp.")),
        ("pattern", Text("A regular expression that a text matches.")),
        ("values", new JsonObject { ["description"] = "The only values.", ["type"] = "array", ["items"] = Scalar("") }));

    private static JsonObject Options() => Mapping("Where the data is and how it is written.", [],
        ("delimiter", Text("The separator of a CSV file.")),
        ("encoding", Text("The file's encoding, for example windows-1252.")),
        ("index_column", Boolean("Whether rows begin with an unnamed index.")),
        ("thousands_separator", Text("The character between groups of three digits.")),
        ("decimal_separator", Text("The character before the fraction.")),
        ("null_values", TextOrList("Texts that stand for no value.")),
        ("max_unpacked_mb", Whole("The most megabytes that a compressed file may unpack to.", least: 1)),
        ("record", Text("The path of the XML elements that are records.")),
        ("sheet", Text("The sheet of a workbook.")),
        ("dataset", Text("The kind of data that is invented: users, products or purchases.")),
        ("rows", Whole("The rows that are invented.", least: 0)),
        ("random_seed", Whole("The number from which they are invented.", least: 1)),
        ("store", Text("The name of the connection string of the bucket that holds the files.")),
        ("key", Text("The field that identifies an event of a webhook.")),
        ("keep_days", Whole("The days for which a loaded event is known when it is sent again.", least: 1)),
        ("max_request_kb", Whole("The most kilobytes of a request that sends events.", least: 1)),
        ("connection", Text("The name of a connection string.")),
        ("table", Text("The table of the database or the lake.")),
        ("from", Text("The folder of the lake.")),
        ("seed", Text("A CSV file that the table is made from where it is not there.")),
        ("url", Text("The address of an HTTP API.")),
        ("query", Pairs("The parameters of its query.")),
        ("headers", Pairs("The headers of its requests.")),
        ("records", Text("The path of the array in an answer.")),
        ("paging", Mapping("How an API goes on.", ["kind"],
            ("kind", Choice("", Names<HttpPagingKind>())),
            ("parameter", Text("The query parameter.")),
            ("next", Text("The path of the next cursor or address.")),
            ("start", Whole("The first offset or page.", least: 0)),
            ("max_pages", Whole("More pages fail the load.", least: 1)))),
        ("auth", Mapping("How requests are authenticated.", ["secret"],
            ("kind", Choice("", Names<HttpAuthenticationKind>())),
            ("secret", Text("The name of the secret.")),
            ("name", Text("The header or parameter.")),
            ("prefix", Text("What stands before the secret.")),
            ("token_url", Text("Where a token is asked for.")),
            ("client_id", Text("The client's id.")),
            ("scope", Text("The scope.")))),
        ("requests_per_second", Whole("The most requests in a second.", least: 1)),
        ("retries", Whole("How often a request is repeated.", least: 1)),
        ("timeout_seconds", Whole("How long an answer may take.", least: 1)));

    private static IEnumerable<string> Names<T>()
        where T : struct, Enum => Enum.GetNames<T>().Select(n => n.ToLowerInvariant());

    private static JsonObject Mapping(string description, string[] required, params (string Name, JsonObject Value)[] properties)
    {
        var mapping = new JsonObject
        {
            ["description"] = description,
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["properties"] = new JsonObject(properties.Select(p => KeyValuePair.Create<string, JsonNode?>(p.Name, p.Value))),
        };
        if (required.Length > 0)
            mapping["required"] = new JsonArray([.. required.Select(r => JsonValue.Create(r))]);
        return mapping;
    }

    private static JsonObject Described(string description, JsonObject value)
    {
        if (description.Length > 0)
            value.Insert(0, "description", description);
        return value;
    }

    private static JsonObject Text(string description) => Described(description, new JsonObject { ["type"] = "string" });

    private static JsonObject Boolean(string description) => Described(description, new JsonObject { ["type"] = "boolean" });

    private static JsonObject Whole(string description, int least) => Described(description, new JsonObject { ["type"] = "integer", ["minimum"] = least });

    private static JsonObject Scalar(string description) => Described(description, new JsonObject { ["type"] = new JsonArray("string", "number") });

    private static JsonObject TextOrList(string description) => Described(description, new JsonObject
    {
        ["type"] = new JsonArray("string", "array"), ["items"] = new JsonObject { ["type"] = "string" },
    });

    private static JsonObject Pairs(string description) => Described(description, new JsonObject
    {
        ["type"] = "object", ["additionalProperties"] = new JsonObject { ["type"] = new JsonArray("string", "number", "boolean") },
    });

    private static JsonObject Choice(string description, IEnumerable<string> values) => Described(description, new JsonObject
    {
        ["enum"] = new JsonArray([.. values.Select(v => JsonValue.Create(v))]),
    });
}
