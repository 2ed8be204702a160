using System.Numerics;
using Parquet;
using Parquet.Data;
using Parquet.Schema;

namespace Ingestion.Connectors.Tests.Parquet;

public sealed class ParquetConnectorTests(PostgresFixture postgres)
{
    private const string Source = "format: parquet\nfile: people.parquet";

    private const string Fields = """
          - {name: id, type: bigint, required: true}
          - {name: name, type: text}
        """;

    [Fact]
    public async Task Every_type_keeps_its_value()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        var moment = new DateTime(2024, 2, 29, 23, 59, 59, 123, 456, DateTimeKind.Utc);
        var columns = new Column[]
        {
            Column.Of<int>(new DataField<int>("id"), 1, 2),
            Column.Of<bool>(new DataField<bool>("b", nullable: true), true, null),
            Column.Of<short>(new DataField<short>("s", nullable: true), -5, null),
            Column.Of<long>(new DataField<long>("l", nullable: true), 9007199254740993, null),
            Column.Of<float>(new DataField<float>("r", nullable: true), 0.1f, null),
            Column.Of<double>(new DataField<double>("d", nullable: true), 1e-7, null),
            Column.Of<decimal>(new DecimalDataField("n", 12, 2, isNullable: true), 1234567890.10m, null),
            Column.Of<BigDecimal>(new BigDecimalDataField(
                "m", 38, 10, isNullable: true), new BigDecimal(BigInteger.Parse("12345678901234567890123456789012345678"), 38, 10), null),
            Column.Of<DateOnly>(new DataField<DateOnly>("day", nullable: true), new DateOnly(2024, 2, 29), null),
            Column.Of<DateTime>(new DateTimeDataField("ts", DateTimeFormat.Timestamp, isAdjustedToUTC: false, unit: DateTimeTimeUnit.Micros, isNullable: true),
                DateTime.SpecifyKind(moment, DateTimeKind.Unspecified), null),
            Column.Of<DateTime>(
                new DateTimeDataField("tz", DateTimeFormat.Timestamp, isAdjustedToUTC: true, unit: DateTimeTimeUnit.Micros, isNullable: true), moment, null),
            Column.Of<Guid>(new DataField<Guid>("u", nullable: true), Guid.Parse("6f9619ff-8b86-d011-b42d-00c04fc964ff"), null),
        };
        await WriteAsync(stage, new Text(new DataField<string>("t"), ["Zoë's", null]), columns);
        var contract = LoadingStage.Contract(
            """
              - {name: id, type: bigint, required: true}
              - {name: b, type: boolean}
              - {name: s, type: smallint}
              - {name: l, type: bigint}
              - {name: r, type: real}
              - {name: d, type: double precision}
              - {name: n, type: "numeric(12,2)"}
              - {name: m, type: numeric}
              - {name: day, type: date}
              - {name: ts, type: timestamp}
              - {name: tz, type: timestamptz}
              - {name: u, type: uuid}
              - {name: t, type: text}
              - {name: not_there, type: text}
            """,
            "options: {decimal_separator: ','}",
            Source);

        (await stage.LoadAsync(contract)).Quarantined.ShouldBe(0, string.Join("\n", await ReasonsAsync(stage)));

        (await stage.QueryAsync("select concat_ws('|', id, b, s, l, r, d, n, m, day, ts, tz at time zone 'UTC', u, t) from raw.people order by id")).ShouldBe(
        [
            "1|t|-5|9007199254740993|0.1|1e-07|1234567890.10|1234567890123456789012345678.9012345678|2024-02-29|2024-02-29 23:59:59.123456|2024-02-29 " +
            "23:59:59.123456|6f9619ff-8b86-d011-b42d-00c04fc964ff|Zoë's",
            "2",
        ]);
    }

    [Fact]
    public async Task Row_groups_are_read_one_after_another()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        var field = new DataField<int>("id");
        await using (var stream = File.Create(Path.Combine(stage.Folder, "people.parquet")))
        await using (var writer = await ParquetWriter.CreateAsync(new ParquetSchema(field), stream))
        {
            foreach (var numbers in (int[][])[[1, 2], [], [3]])
            {
                using var group = writer.CreateRowGroup();
                await group.WriteAsync<int>(field, numbers);
            }
        }

        (await stage.LoadAsync(LoadingStage.Contract(Fields, "", Source))).Rows.ShouldBe(3);

        (await stage.QueryAsync("select id, name, meta_source_line from raw.people order by id")).ShouldBe(["1|null|1", "2|null|2", "3|null|3"]);
    }

    [Theory]
    [InlineData(true, "timestamp", "ts '2024-01-01 00:00:00Z' is no time written as yyyy-MM-dd HH:mm:ss")]
    [InlineData(false, "timestamptz", "ts '2024-01-01 00:00:00' is no time with a time zone as in 2023-01-31T23:59:59Z")]
    public async Task A_time_whose_zone_is_not_the_contracts_is_never_guessed(bool isUtc, string type, string reason)
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        await WriteAsync(stage, null, Column.Of<DateTime>(new DateTimeDataField(
            "ts", DateTimeFormat.Timestamp, isAdjustedToUTC: isUtc, unit: DateTimeTimeUnit.Micros), new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc)));

        (await stage.FailToLoadAsync(LoadingStage.Contract($"  - {{name: ts, type: {type}}}", "", Source))).ToString()
            .ShouldContain(
                $"people.parquet, record 1: error MDL6223: Nothing is loaded, because its only record is not what people.yml says, first this one: {reason}");
    }

    [Fact]
    public async Task A_value_that_does_not_fit_is_quarantined_with_the_record()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        await WriteAsync(stage, new Text(new DataField<string>("name"), ["Ann", "Bob"]), Column.Of<long>(new DataField<long>("id", nullable: true), 1, null));

        (await stage.LoadAsync(LoadingStage.Contract(Fields, "", Source))).Quarantined.ShouldBe(1);

        (await stage.QueryAsync("select source_line, field, reason, raw_text from ingestion.quarantine"))
            .ShouldBe(["2|id|id is blank, but required|{\"id\":null,\"name\":\"Bob\"}"]);
    }

    [Fact]
    public async Task A_column_that_no_contract_can_have_is_one_clear_line()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        var id = new DataField<int>("id");
        var field = new DataField<byte[]>("name");
        await using (var stream = File.Create(Path.Combine(stage.Folder, "people.parquet")))
        await using (var writer = await ParquetWriter.CreateAsync(new ParquetSchema(id, field), stream))
        {
            using var group = writer.CreateRowGroup();
            await group.WriteAsync<int>(id, new[] { 1 });
            await group.WriteAsync(field, (IReadOnlyCollection<byte[]>)[[1, 2]]);
        }

        (await stage.FailToLoadAsync(LoadingStage.Contract(Fields, "", Source))).Message
            .ShouldBe("The column 'name' of the parquet file has a type that no contract has (nested, a list or bytes); remove it from the data");
    }

    [Fact]
    public async Task A_missing_column_is_one_clear_line()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        await WriteAsync(stage, new Text(new DataField<string>("name"), ["Ann"]));

        (await stage.FailToLoadAsync(LoadingStage.Contract(Fields, "", Source))).Message.ShouldBe(
            "The column 'id', which people.yml requires, is missing; there are name");
    }

    [Fact]
    public async Task A_damaged_file_is_one_clear_line_or_its_records()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        await WriteAsync(stage, new Text(new DataField<string>("name"), [.. Enumerable.Range(0, 200).Select(i => $"name {i}")]), Column.Of<long>(
            new DataField<long>("id"), [.. Enumerable.Range(0, 200).Select(i => (long?)i)]));
        await DamagedFiles.ShouldEndWellAsync(
            stage, LoadingStage.Contract(Fields, "", Source), "people.parquet", "MDL6230", "The file is no parquet file that can be read, or it is damaged: ");
    }

    private static Task<IReadOnlyList<string>> ReasonsAsync(LoadingStage stage) => stage.QueryAsync("select reason from ingestion.quarantine");

    private static async Task WriteAsync(LoadingStage stage, Text? text, params Column[] columns)
    {
        var schema = new ParquetSchema([.. columns.Select(c => c.Field), .. text is null ? [] : new Field[] { text.Field }]);
        await using var stream = File.Create(Path.Combine(stage.Folder, "people.parquet"));
        await using var writer = await ParquetWriter.CreateAsync(schema, stream, new ParquetOptions { UseBigDecimal = false });
        using var group = writer.CreateRowGroup();
        foreach (var column in columns)
            await column.WriteAsync(group);
        if (text is not null)
            await group.WriteAsync(text.Field, text.Values!);
    }

    private sealed record Text(DataField Field, IReadOnlyCollection<string?> Values);

    private sealed record Column(DataField Field, Func<ParquetRowGroupWriter, Task> WriteAsync)
    {
        public static Column Of<T>(DataField field, params T?[] values)
            where T : struct => new(field, async group =>
            {
                if (field.IsNullable)
                    await group.WriteAsync<T>(field, values.AsMemory());
                else
                    await group.WriteAsync<T>(field, values.Select(v => v!.Value).ToArray().AsMemory());
            });
    }
}
