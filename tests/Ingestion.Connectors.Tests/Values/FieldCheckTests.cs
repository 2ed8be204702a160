namespace Ingestion.Connectors.Tests.Values;

public sealed class FieldCheckTests(PostgresFixture postgres)
{
    [Theory]
    [InlineData("integer", "min: -1, max: 10", "-1 10 7.0", "-2|is less than -1;11|is greater than 10")]
    [InlineData(
        "numeric", "min: 0.10", "0.1 12345678901234567890123456789012345", "0.0999|is less than 0.10;-12345678901234567890123456789012345.5|is less than 0.10")]
    [InlineData("double precision", "max: 1e3", "999.5 1e3", "1000.5|is greater than 1e3")]
    [InlineData(
        "date", "min: 2020-01-01, max: 2024-02-29", "2020-01-01 2024-02-29", "2019-12-31|is less than 2020-01-01;2024-03-01|is greater than 2024-02-29")]
    [InlineData("timestamptz", "min: 2020-01-01T00:00:00Z", "2020-01-01T01:00:00+01:00", "2020-01-01T00:30:00+01:00|is less than 2020-01-01T00:00:00Z")]
    [InlineData("text", "pattern: '^[a-z]+@[a-z.]+$'", "ann@example.com", "ann|does not match the pattern ^[a-z]+@[a-z.]+$")]
    [InlineData("text", "values: [open, closed]", "open closed", "Open|is none of open, closed;lost|is none of open, closed")]
    [InlineData("bigint", "values: [1, 20]", "1 20.0", "2|is none of 1, 20")]
    public async Task A_value_beyond_its_checks_is_quarantined_and_a_missing_one_is_not(string type, string checks, string good, string bad)
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        var wrong = bad.Split(';').Select(b => b.Split('|')).ToList();
        stage.Write("id,v\n0,\n" + string.Concat(good.Split(' ').Concat(wrong.Select(w => w[0])).Select(v => $"1,{v}\n")));

        var result = await stage.LoadAsync(LoadingStage.Contract($"  - {{name: id, type: integer}}\n  - {{name: v, type: {type}, {checks}}}"));

        result.Rows.ShouldBe(1 + good.Split(' ').Length);
        (await stage.QueryAsync("select reason from ingestion.quarantine order by source_line")).ShouldBe(wrong.Select(w => $"v '{w[0]}' {w[1]}"));
    }

    [Fact]
    public async Task A_check_is_part_of_what_a_batch_is()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.Write("id\n1\n20\n");
        await stage.LoadAsync(LoadingStage.Contract("  - {name: id, type: integer}"));
        (await stage.LoadAsync(LoadingStage.Contract("  - {name: id, type: integer, unit: kg, description: What it is.}"))).AlreadyLoaded.ShouldBeTrue();

        var result = await stage.LoadAsync(LoadingStage.Contract("  - {name: id, type: integer, max: 10}"));

        (result.Rows, result.Quarantined, result.AlreadyLoaded).ShouldBe((1, 1, false));
    }

    [Fact]
    public async Task A_bound_that_is_no_value_of_the_type_is_one_clear_line()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.Write("id\n1\n");

        (await stage.FailToLoadAsync(LoadingStage.Contract("  - {name: id, type: smallint, max: 100000}"))).Message
            .ShouldBe("A check of field 'id' has the value '100000', which is out of the range of smallint; correct it");
    }
}
