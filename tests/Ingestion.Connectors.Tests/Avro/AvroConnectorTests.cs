using System.Numerics;
using Avro;
using Avro.File;
using Avro.Generic;

namespace Ingestion.Connectors.Tests.Avro;

public sealed class AvroConnectorTests(PostgresFixture postgres)
{
    private const string Source = "format: avro\nfile: people.avro";

    private const string Fields = """
          - {name: id, type: bigint, required: true}
          - {name: name, type: text}
        """;

    private const string People =
        """{"type": "record", "name": "Person", "fields": [{"name": "id", "type": ["null", "long"]}, {"name": "name", "type": ["null", "string"]}]}""";

    [Fact]
    public async Task Every_type_keeps_its_value()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        var moment = new DateTime(2024, 2, 29, 23, 59, 59, 123, 456, DateTimeKind.Utc);
        Write(
            stage,
            """
            {"type": "record", "name": "Everything", "fields": [
              {"name": "id", "type": "int"},
              {"name": "b", "type": "boolean"},
              {"name": "r", "type": "float"},
              {"name": "d", "type": ["null", "double"]},
              {"name": "n", "type": {"type": "bytes", "logicalType": "decimal", "precision": 38, "scale": 10}},
              {"name": "day", "type": {"type": "int", "logicalType": "date"}},
              {"name": "ts", "type": {"type": "long", "logicalType": "local-timestamp-micros"}},
              {"name": "tz", "type": ["null", {"type": "long", "logicalType": "timestamp-micros"}]},
              {"name": "u", "type": {"type": "string", "logicalType": "uuid"}},
              {"name": "e", "type": {"type": "enum", "name": "Colour", "symbols": ["RED", "BLUE"]}},
              {"name": "j", "type": {"type": "map", "values": {"type": "array", "items": "long"}}}
            ]}
            """,
            "deflate",
            (_, record) =>
            {
                var schema = (RecordSchema)record.Schema;
                record.Add("id", 1);
                record.Add("b", true);
                record.Add("r", 0.1f);
                record.Add("d", 1e-7);
                record.Add("n", new AvroDecimal(BigInteger.Parse("-12345678901234567890123456789012345678"), 10));
                record.Add("day", new DateTime(2024, 2, 29, 0, 0, 0, DateTimeKind.Utc));
                // the writer takes a time of this machine's zone for the local one
                record.Add("ts", moment.ToLocalTime());
                record.Add("tz", moment);
                record.Add("u", Guid.Parse("6f9619ff-8b86-d011-b42d-00c04fc964ff"));
                record.Add("e", new GenericEnum((EnumSchema)schema["e"].Schema, "BLUE"));
                record.Add("j", new Dictionary<string, object> { ["a"] = new object[] { 1L, 2L } });
            });
        var contract = LoadingStage.Contract(
            """
              - {name: id, type: bigint, required: true}
              - {name: b, type: boolean}
              - {name: r, type: real}
              - {name: d, type: double precision}
              - {name: n, type: numeric}
              - {name: day, type: date}
              - {name: ts, type: timestamp}
              - {name: tz, type: timestamptz}
              - {name: u, type: uuid}
              - {name: e, type: text}
              - {name: j, type: jsonb}
            """,
            "",
            Source);

        await stage.LoadAsync(contract);

        (await stage.QueryAsync("select concat_ws('|', id, b, r, d, n, day, ts, tz at time zone 'UTC', u, e, j) from raw.people")).ShouldBe(
            ["1|t|0.1|1e-07|-1234567890123456789012345678.9012345678|2024-02-29|2024-02-29 23:59:59.123456|2024-02-29 " +
                "23:59:59.123456|6f9619ff-8b86-d011-b42d-00c04fc964ff|BLUE|{\"a\": [1, 2]}"]);
    }

    [Fact]
    public async Task A_value_that_does_not_fit_is_quarantined_with_the_record()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        WritePeople(stage, count: 3);

        var result = await stage.LoadAsync(LoadingStage.Contract(Fields, "", Source));

        (result.Rows, result.Quarantined).ShouldBe((2, 1));
        (await stage.QueryAsync("select source_line, field, reason, raw_text from ingestion.quarantine"))
            .ShouldBe(["3|id|id is blank, but required|{\"id\":null,\"name\":\"name 2\"}"]);
    }

    [Fact]
    public async Task A_nested_value_is_quarantined_where_the_field_is_not_json()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        Write(
            stage,
            """{"type": "record", "name": "Person", "fields": [{"name": "id", "type": "long"}, {"name": "name", "type": {"type": "array", "items": "string"}}]}""",
            "null",
            (_, record) =>
            {
                record.Add("id", 1L);
                record.Add("name", new object[] { "Ann" });
            });

        (await stage.FailToLoadAsync(LoadingStage.Contract(Fields, "", Source))).Message.ShouldContain(
            "name is an object or array, not one value of type text");
    }

    [Fact]
    public async Task An_unexpected_column_is_one_clear_line()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        WritePeople(stage, count: 1);

        (await stage.FailToLoadAsync(LoadingStage.Contract("  - {name: id, type: bigint}", "", Source))).Message
            .ShouldBe("The column 'name' is not in people.yml; add it there or remove it from the data");
    }

    [Fact]
    public async Task A_damaged_file_is_one_clear_line_or_its_records()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        WritePeople(stage, count: 300);
        await DamagedFiles.ShouldEndWellAsync(
            stage, LoadingStage.Contract(Fields, "", Source), "people.avro", "MDL6230", "The file is no avro file that can be read, or it is damaged: ");
    }

    private static void WritePeople(LoadingStage stage, int count) => Write(
        stage,
        People,
        "null",
        (i, record) =>
        {
            record.Add("id", i % 3 == 2 ? null : (long)i);
            record.Add("name", $"name {i}");
        },
        count);

    private static void Write(LoadingStage stage, string schema, string codec, Action<int, GenericRecord> fill, int count = 1)
    {
        var parsed = (RecordSchema)Schema.Parse(schema);
        using var writer = DataFileWriter<GenericRecord>.OpenWriter(
            new GenericDatumWriter<GenericRecord>(parsed), Path.Combine(stage.Folder, "people.avro"), Codec.CreateCodecFromString(codec));
        for (var i = 0; i < count; i++)
        {
            var record = new GenericRecord(parsed);
            fill(i, record);
            writer.Append(record);
        }
    }
}
