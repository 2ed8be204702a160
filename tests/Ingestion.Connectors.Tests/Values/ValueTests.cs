namespace Ingestion.Connectors.Tests.Values;

public sealed class ValueTests(PostgresFixture postgres)
{
    /// <summary>Type, text, and the value as PostgreSQL prints it.</summary>
    private static readonly (string Type, string Text, string Value)[] Good =
    [
        ("text", " as it is ", " as it is "),
        ("text", "NA", "NA"),
        ("text", "😀 Ω", "😀 Ω"),
        ("boolean", "TRUE", "true"), ("boolean", "f", "false"), ("boolean", "Yes", "true"), ("boolean", "0", "false"), ("boolean", " 1.0 ", "true"),
        ("smallint", "-32768", "-32768"), ("integer", "+7", "7"), ("integer", "64.000", "64"), ("bigint", "9223372036854775807", "9223372036854775807"),
        ("bigint", "1e3", "1000"), ("integer", "1,234", "1234"), ("bigint", "-12,345,678", "-12345678"),
        ("numeric", "0.10", "0.10"), ("numeric", "-1,058.11", "-1058.11"), ("numeric", "1234567890123456789012345.678", "1234567890123456789012345.678"),
        ("numeric", "12345678901234567890123456789012345", "12345678901234567890123456789012345"), ("numeric", "1e-40", "0." + new string('0', 39) + "1"),
        ("numeric", "-0.1234567890123456789012345678901", "-0.1234567890123456789012345678901"), ("numeric", "1e-400", "0." + new string('0', 399) + "1"),
        ("numeric", "123456789012345678901234567890123.450", "123456789012345678901234567890123.450"), (
            "numeric", "1.25e+40", "125" + new string('0', 38)), ("numeric", "0e999999", "0"),
        ("numeric(40,2)", "12345678901234567890123456789012345678.90", "12345678901234567890123456789012345678.90"), (
            "integer", "0000000000000000000000000000000000000012", "12"),
        ("numeric", "1.5e-3", "0.0015"), ("numeric(5,2)", "999.990", "999.99"), ("numeric(5,2)", "-0.01", "-0.01"), ("numeric(3,3)", "0.125", "0.125"),
        ("numeric", "0", "0"), ("numeric", "-0.000", "0.000"), (
            "numeric", "10000", "10000"), ("numeric", "0.00001234", "0.00001234"), ("numeric", "-99999999.99999", "-99999999.99999"),
        ("date", "1969-12-31", "1969-12-31"), ("date", "9999-12-31", "9999-12-31"), ("timestamp", "1999-12-31 23:59:59.999999", "1999-12-31 23:59:59.999999"),
        ("real", "1.5", "1.5"), ("double precision", "1e300", "1e+300"), ("double precision", "17,385.0", "17385"),
        ("date", "2024-02-29", "2024-02-29"), ("date", "2023-02-14 00:00:00", "2023-02-14"),
        ("timestamp", "2023-02-26 06:29:00", "2023-02-26 06:29:00"), ("timestamp", "2023-02-26T06:29:00.123456", "2023-02-26 06:29:00.123456"),
        ("timestamp", "2023-02-26 06:29", "2023-02-26 06:29:00"), ("timestamp", "2023-02-26", "2023-02-26 00:00:00"),
        ("timestamptz", "2023-02-26T06:29:00Z", "2023-02-26 06:29:00+00"), ("timestamptz", "2023-02-26 06:29:00.5+02:00", "2023-02-26 04:29:00.5+00"),
        ("timestamptz", "2024-01-01T00:00:00.1234560Z", "2024-01-01 00:00:00.123456+00"), (
            "timestamptz", "2024-01-01T00:00:00.1234567Z", "2024-01-01 00:00:00.123457+00"),
        ("timestamptz", "2024-01-01T02:00:00.123456499+02:00", "2024-01-01 00:00:00.123456+00"), (
            "timestamptz", "2024-01-01T00:00:59.9999999Z", "2024-01-01 00:01:00+00"),
        ("timestamptz", "2024-01-01T00:00Z", "2024-01-01 00:00:00+00"), (
            "timestamptz", "2024-01-01 02:00+02:00", "2024-01-01 00:00:00+00"), ("timestamptz", "2024-01-01 02:00:00+02", "2024-01-01 00:00:00+00"),
        ("timestamptz", "2024-01-01t00:00:00z", "2024-01-01 00:00:00+00"), (
            "timestamptz", "2024-01-01 02:00:00.5 +02:00", "2024-01-01 00:00:00.5+00"), ("timestamptz", "2024-01-01T02:00:00+0200", "2024-01-01 00:00:00+00"),
        ("timestamptz", "9999-12-31T23:59:59.9999999Z", "9999-12-31 23:59:59.999999+00"), (
            "timestamp", "2024-01-01T00:00:00.1234560", "2024-01-01 00:00:00.123456"),
        ("timestamp", "2024-01-01 00:00:00.123456789", "2024-01-01 00:00:00.123457"), ("date", "2024-01-01T00:00:00.0000000", "2024-01-01"),
        ("real", "16777216", "1.6777216e+07"), ("real", "0.123456789", "0.12345679"), ("double precision", "9007199254740992", "9.007199254740992e+15"),
        ("uuid", "6F9619FF-8B86-D011-B42D-00C04FC964FF", "6f9619ff-8b86-d011-b42d-00c04fc964ff"),
        ("json", "{\"b\": 1, \"a\": [null]}", "{\"b\": 1, \"a\": [null]}"), ("jsonb", "{\"b\": 1, \"a\": 2}", "{\"a\": 2, \"b\": 1}"),
    ];

    /// <summary>Type, text, and what is wrong with it.</summary>
    private static readonly (string Type, string Text, string Reason)[] Bad =
    [
        ("boolean", "2", "is neither true nor false"), ("boolean", "ja", "is neither true nor false"),
        ("smallint", "32768", "is out of the range of smallint"), ("integer", "3000000000", "is out of the range of integer"),
        ("integer", "1.5", "is not a whole number"), ("integer", "12,34", "is not a number"), ("integer", "1,2345", "is not a number"),
        ("integer", ",123", "is not a number"), (
            "integer", "1,,234", "is not a number"), ("integer", "--1", "is not a number"), ("integer", "0x1F", "is not a number"),
        ("bigint", "9223372036854775808", "is out of the range of bigint"), ("integer", "٣", "is not a number"), ("integer", "1 234", "is not a number"),
        ("numeric", "1.058,11", "is not a number"), ("numeric", "NaN", "is not a number"), ("numeric", "1.2.3", "is not a number"), (
            "numeric", "1e131072", "is out of the range of numeric"), ("numeric", "1e-16384", "is out of the range of numeric"),
        ("numeric", "1e99999999999", "is out of the range of numeric"), (
            "numeric", "12345678901234567890123456789012345x", "is not a number"), ("numeric", "1e", "is not a number"), ("numeric", ".", "is not a number"),
        ("numeric(40,2)", "123456789012345678901234567890123456789.5", "is out of the range of numeric(40,2)"), (
            "numeric(40,2)", "0.1234567890123456789012345678901", "has more than 2 digits after the point"),
        ("bigint", "12345678901234567890123456789012345", "is out of the range of bigint"), (
            "bigint", "1234567890123456789012345678901234.5", "is not a whole number"),
        ("real", "16777217", "is a whole number that real cannot hold exactly"), (
            "real", "-16777217.0", "is a whole number that real cannot hold exactly"), ("real", "1e-50", "is out of the range of real"),
        ("double precision", "9007199254740993", "is a whole number that double precision cannot hold exactly"), (
            "double precision", "1e-400", "is out of the range of double precision"),
        ("timestamptz", "2024-01-01T00:00.5Z", "is no time with a time zone as in 2023-01-31T23:59:59Z"), (
            "timestamptz", "2024-01-01T00:00:00.1234567890Z", "is no time with a time zone as in 2023-01-31T23:59:59Z"),
        ("timestamptz", "2024-01-01T00:00:00.Z", "is no time with a time zone as in 2023-01-31T23:59:59Z"), (
            "date", "2024-01-01.5", "is no date written as yyyy-MM-dd"), ("date", "2024-01-01T00:00:00.5", "has a time of day, which a date cannot keep"),
        ("numeric(5,2)", "1.234", "has more than 2 digits after the point"), ("numeric(5,2)", "1000", "is out of the range of numeric(5,2)"),
        ("real", "1e39", "is out of the range of real"), ("double precision", "Infinity", "is not a number"), (
            "double precision", "nan", "is not a number"), ("double precision", "1e999", "is not a number"),
        ("date", "2023-02-29", "is no date written as yyyy-MM-dd"), (
            "date", "2023-2-9", "is no date written as yyyy-MM-dd"), ("date", "2023-02-14 10:00:00", "has a time of day, which a date cannot keep"),
        ("timestamp", "2023-02-26 25:00:00", "is no time written as yyyy-MM-dd HH:mm:ss"), (
            "timestamp", "2023-02-26 06:29:00+01:00", "is no time written as yyyy-MM-dd HH:mm:ss"),
        ("timestamptz", "2023-02-26 06:29:00", "is no time with a time zone as in 2023-01-31T23:59:59Z"),
        ("uuid", "6F9619FF8B86D011B42D00C04FC964FF", "is no uuid"), (
            "json", "{a: 1}", "is not valid json"), ("jsonb", "\"\\u0000\"", "has a zero character, which PostgreSQL cannot hold"),
        ("jsonb", "\"\\ud800\"", "is not valid json"), ("json", "1 2", "is not valid json"),
    ];

    [Fact]
    public async Task A_number_in_double_precision_is_the_one_that_PostgreSQL_reads_from_the_same_text()
    {
        string[] numbers =
        [
            "0", "-0", "5.", ".5", "-.25", "0.1", "0.3", "123456789012345", "-99999999999999.9", "0.00000000000001", "1234567890.12345", "000000000000012",
            "0.123456789012345", "0.1234567890123456", "123456789012345.6", "4503599627370496.5", "1e22", "1.7976931348623157e308", "+7", "8.95e-5",
        ];
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.Write("a,t\n" + string.Concat(numbers.Select(n => $"{n},{n}\n")));

        var result = await stage.LoadAsync(LoadingStage.Contract("  - {name: a, type: double precision}\n  - {name: t, type: text}"));

        result.Rows.ShouldBe(numbers.Length);
        (await stage.QueryAsync("select t, a from raw.people where float8send(a) <> float8send(t::double precision)")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Good_values_arrive_as_they_are()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.Write(Header(Good.Length) + "\n" + string.Join('\t', Good.Select(g => Quote(g.Text))) + "\n");

        await stage.LoadAsync(Contract(Good.Select(g => g.Type)));

        (await stage.QueryAsync("select reason from ingestion.quarantine")).ShouldBeEmpty();
        for (var i = 0; i < Good.Length; i++)
            (await stage.QueryAsync($"set time zone 'UTC'; select c{i}::text from raw.people")).ShouldBe([Good[i].Value]);
    }

    [Fact]
    public async Task Bad_values_are_refused_each_with_its_reason()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        var rows = Bad.Select((b, i) => string.Join('\t', Bad.Select((_, j) => i == j ? Quote(b.Text) : "")));
        stage.Write(Header(Bad.Length) + "\n" + string.Join('\n', rows) + "\n");

        await stage.LoadAsync(Contract(Bad.Select(b => b.Type)) with { Limits = new() { MinRows = 0, MaxBadPercent = 100 } });

        (await stage.QueryAsync("select reason from ingestion.quarantine order by source_line"))
            .ShouldBe(Bad.Select((b, i) => $"c{i} '{b.Text}' {b.Reason}"));
        (await stage.QueryAsync("select count(*) from raw.people")).ShouldBe(["0"]);
    }

    [Fact]
    public async Task The_contract_names_formats_decimals_and_words_for_nothing()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.Write("month;amount;day;note\n2022-11;1.058,11;31/12/2023;n/a\n2022-13;1,058.11;2023-12-31;-\n");
        var contract = LoadingStage.Contract(
            """
              - {name: month, type: date, format: yyyy-MM}
              - {name: amount, type: numeric}
              - {name: day, type: date, format: dd/MM/yyyy}
              - {name: note, type: text}
            """,
            "options: {thousands_separator: '.', decimal_separator: ',', null_values: [n/a, '-']}");

        await stage.LoadAsync(contract);

        (await stage.QueryAsync("select month::text, amount, day::text, note from raw.people")).ShouldBe(["2022-11-01|1058.11|2023-12-31|null"]);
        (await stage.QueryAsync("select reason from ingestion.quarantine"))
            .ShouldBe(["month '2022-13' is no date written as yyyy-MM; amount '1,058.11' is not a number; day '2023-12-31' is no date written as dd/MM/yyyy"]);
    }

    private static Models.Contracts.Contract Contract(IEnumerable<string> types) => LoadingStage.Contract(
        string.Join('\n', types.Select((t, i) => $"  - {{name: c{i}, type: \"{t}\"}}")),
        "options: {thousands_separator: \",\", delimiter: tab}");

    private static string Header(int count) => string.Join('\t', Enumerable.Range(0, count).Select(i => $"c{i}"));

    private static string Quote(string text) => $"\"{text.Replace("\"", "\"\"")}\"";
}
