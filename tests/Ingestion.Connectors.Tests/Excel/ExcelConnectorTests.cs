using MiniExcelLibs;

namespace Ingestion.Connectors.Tests.Excel;

public sealed class ExcelConnectorTests(PostgresFixture postgres)
{
    private const string Source = "format: xlsx\nfile: people.xlsx";

    private const string Fields = """
          - {name: id, type: bigint, required: true}
          - {name: name, type: text}
          - {name: amount, type: numeric}
          - {name: born, type: date}
          - {name: seen, type: timestamp}
          - {name: active, type: boolean}
        """;

    [Fact]
    public async Task Cells_arrive_with_their_types_and_the_rows_numbers()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        Write(stage, new Dictionary<string, object>
        {
            ["Sheet1"] = new object[]
            {
                Row(1, "Zoë", 0.1m, new DateTime(2024, 2, 29), new DateTime(2024, 2, 29, 23, 59, 58), true),
                Row(null, null, null, null, null, null),
                Row(2, " ", 1234567.25m, null, null, false),
            },
        });

        (await stage.LoadAsync(LoadingStage.Contract(Fields, "", Source))).Rows.ShouldBe(2);

        (await stage.QueryAsync("select concat_ws('|', id, name, amount, born, seen, active, meta_source_line) from raw.people order by id"))
            .ShouldBe(["1|Zoë|0.1|2024-02-29|2024-02-29 23:59:58|t|2", "2|1234567.25|f|4"]);
    }

    [Fact]
    public async Task One_sheet_of_several_is_named_in_the_contract()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        Write(stage, new Dictionary<string, object>
        {
            ["January"] = new object[] { Row(1, "Ann", null, null, null, null) },
            ["February"] = new object[] { Row(2, "Bob", null, null, null, null) },
        });

        (await stage.FailToLoadAsync(LoadingStage.Contract(Fields, "", Source))).Message
            .ShouldBe("The workbook has the sheets January, February; say which one is read with 'sheet' in the options of people.yml");
        (await stage.FailToLoadAsync(LoadingStage.Contract(Fields, "options: {sheet: Januar}", Source))).Message
            .ShouldBe("The workbook has no sheet 'Januar'; did you mean 'January'?; there are January, February; change 'sheet' in the options of people.yml");
        await stage.LoadAsync(LoadingStage.Contract(Fields, "options: {sheet: February}", Source));

        (await stage.QueryAsync("select id from raw.people")).ShouldBe(["2"]);
    }

    [Fact]
    public async Task A_value_in_a_column_without_a_name_is_quarantined()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        await using (var stream = File.Create(Path.Combine(stage.Folder, "people.xlsx")))
            await stream.SaveAsAsync(new object?[][] { ["id", null], [1, null], [2, "stray"] }.Select(r => new { A = r[0], B = r[1] }), printHeader: false);

        (await stage.LoadAsync(LoadingStage.Contract("  - {name: id, type: bigint}", "", Source))).Rows.ShouldBe(1);

        (await stage.QueryAsync("select source_line, reason from ingestion.quarantine")).ShouldBe(["3|column B, which has no name, has the value 'stray'"]);
    }

    [Fact]
    public async Task A_workbook_that_unpacks_beyond_the_limit_is_one_clear_line()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        Write(stage, new Dictionary<string,
            object> { ["Sheet1"] = Enumerable.Range(0, 20_000).Select(i => Row(i, "the same name again and again", 1m, null, null, true)).ToArray() });

        (await stage.FailToLoadAsync(LoadingStage.Contract(Fields, "options: {max_unpacked_mb: 1}", Source))).Id.ShouldBe("MDL6228");
    }

    [Fact]
    public async Task A_damaged_file_is_one_clear_line_or_its_records()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        Write(stage, new Dictionary<string,
            object> { ["Sheet1"] = Enumerable.Range(0, 100).Select(i => Row(i, $"name {i}", 1.5m * i, null, null, true)).ToArray() });
        await DamagedFiles.ShouldEndWellAsync(
            stage, LoadingStage.Contract(Fields, "", Source), "people.xlsx", "MDL6230", "The file is no xlsx file that can be read, or it is damaged: ");
    }

    private static Dictionary<string, object?> Row(object? id, object? name, object? amount, object? born, object? seen, object? active) =>
        new() { ["id"] = id, ["name"] = name, ["amount"] = amount, ["born"] = born, ["seen"] = seen, ["active"] = active };

    private static void Write(LoadingStage stage, Dictionary<string, object> sheets)
    {
        var rows = sheets.ToDictionary(s => s.Key, s => (object)((object[])s.Value).Cast<Dictionary<string, object?>>());
        MiniExcel.SaveAs(Path.Combine(stage.Folder, "people.xlsx"), rows);
    }
}
