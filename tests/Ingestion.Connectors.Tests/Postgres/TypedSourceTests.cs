using Ingestion.Connectors.Lake;
using Models.Diagnostics;

namespace Ingestion.Connectors.Tests.Postgres;

/// <summary>
/// Sources with typed values are loaded without a detour through their texts. The rows, their ids and their faults are those that parsing the texts gives,
/// which a contract with <c>null_values</c> still does.
/// </summary>
public sealed class TypedSourceTests(PostgresFixture postgres)
{
    private const string Fields = """
          - {name: b, type: boolean}
          - {name: s, type: smallint}
          - {name: i, type: integer, max: 1000000000}
          - {name: l, type: bigint}
          - {name: r, type: real}
          - {name: d, type: double precision}
          - {name: n, type: numeric}
          - {name: m, type: "numeric(6,2)"}
          - {name: day, type: date}
          - {name: ts, type: timestamp}
          - {name: tz, type: timestamptz}
          - {name: u, type: uuid}
          - {name: t, type: text, pattern: "^[^!]*$"}
          - {name: j, type: jsonb}
          - {name: w, type: integer}
        """;

    private const string Columns =
        "b boolean, s smallint, i int, l bigint, r real, d double precision, n numeric(30,10), m numeric(6,2), day date, ts timestamp, tz timestamptz, u uuid, " +
        "t text, j jsonb, w bigint";

    private const string Rows = """
        (true, 1, 2, 3, 0.1, 0.1, 1.5, 12.50, '2024-02-29', '2024-02-29 23:59:59.123456', '2024-02-29 23:59:59.5+02', '6f9619ff-8b86-d011-b42d-00c04fc964ff',
            'Zoë|\', '{"a": [1, null]}', 7),
        (false, -32768, -2147483648, -9223372036854775808, 1e-7, 1e-300, -0.0000000001, -9999.99, '0001-01-01', '0001-01-01', '0001-01-01 00:00:00+00', null,
            '  x ', '[]', -2147483648),
        (null, 32767, 1000000000, 9223372036854775807, 16777216, 1e22, 12345678901234567890.1234567890, 0, '9999-12-31', '9999-12-31 23:59:59.999999',
            '9999-12-31 23:59:59.999999+00', null, ' ', 'null', null),
        (null, null, null, null, null, '-0', null, null, null, null, null, null, null, null, null),
        (null, null, null, null, null, 123456789012345678, null, null, null, '2024-01-01', null, null, '', null, null),
        (null, 1, null, 9007199254740993, null, 0.30000000000000004, null, null, null, null, null, null, E'line\nbreak', null, null),
        (true, 1, 2000000000, 1, 1, 1, 1, 1, null, null, null, null, 'too large', null, null),
        (true, 1, 2, 1, 1, 1, 1, 1, null, null, null, null, 'no!', null, null),
        (true, 1, 2, 1, 1, 1, 1, 1, null, null, null, null, 'w', null, 2147483648)
        """;

    [Theory]
    [InlineData("postgres", "")]
    [InlineData("postgres", ", (true, 1, 2, 1, 'NaN', '-Infinity', 'NaN', 1, 'infinity', '-infinity', '20000-01-01', null, 'beyond', null, null)")]
    [InlineData("parquet", "")]
    public async Task Typed_values_give_the_rows_that_their_texts_give(string format, string more)
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.ConnectionStrings["shop"] = stage.ConnectionString;
        await stage.QueryAsync($"create table source ({Columns}); insert into source values {Rows}{more}");
        var where = format == "postgres"
            ? "options: {connection: shop, table: source, null_values: [never]}"
            : $"file: {await ExtractAsync(stage)}\noptions: {{null_values: [never]}}";
        var texts = LoadingStage.Contract(Fields, "", $"format: {format}\n{where}") with { Name = "texts" };
        var values = texts with { Name = "typed", Options = texts.Options with { NullValues = [] } };

        var parsed = await stage.LoadAsync(texts);
        var typed = await stage.LoadAsync(values);

        (typed.Rows, typed.Quarantined).ShouldBe((parsed.Rows, parsed.Quarantined));
        typed.Quarantined.ShouldBe(more.Length == 0 ? 3 : 4);
        var compared = string.Join(", ", texts.Fields.Select(f => $"{f.Name}::text")) + ", meta_source_line, meta_entity_id";
        (await stage.QueryAsync($"select {compared} from raw.typed order by meta_source_line"))
            .ShouldBe(await stage.QueryAsync($"select {compared} from raw.texts order by meta_source_line"));
        const string Quarantined = "select source_line, field, reason, raw_text from ingestion.quarantine where table_name = '{0}' order by source_line";
        (await stage.QueryAsync(string.Format(null, Quarantined, "typed"))).ShouldBe(await stage.QueryAsync(string.Format(null, Quarantined, "texts")));
    }

    private static async Task<string> ExtractAsync(LoadingStage stage)
    {
        var request = new ExtractRequest(SourceSpan.WholeFile("pipeline.yml"), "shop") { Tables = ["source"], Format = "parquet" };
        await new LakeExtract(TimeProvider.System).RunAsync(request, stage.ConnectionString, stage.Folder, default);
        return Path.GetFileName(Directory.GetFiles(stage.Folder, "*.parquet").Single());
    }

    /// <summary>The formula as it was before values were sent as they are: a table that did not change is not another batch.</summary>
    [Fact]
    public async Task The_content_of_a_table_has_the_hash_that_it_always_had()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.ConnectionStrings["shop"] = stage.ConnectionString;
        await stage.QueryAsync($"create table source ({Columns}); insert into source values {Rows}");
        var contract = LoadingStage.Contract(Fields, "", "format: postgres\noptions: {connection: shop, table: source}");

        await stage.LoadAsync(contract);

        var texts = string.Join(", ", contract.Fields.Select((f, i) => $"{f.Name}::text as c{i}"));
        (await stage.QueryAsync("select content_hash from ingestion.batches")).ShouldBe(await stage.QueryAsync(
            $"""
            set timezone = 'UTC'; set datestyle = 'ISO, YMD'; set extra_float_digits = 1;
            select encode(sha256(convert_to(count(*) || ' ' || sum(hashtextextended(t::text, 0)::numeric) || ' ' || sum(hashtextextended(t::text, 1)::numeric),
                'UTF8')), 'hex')
            from (select {texts} from source) t
            """));
    }
}
