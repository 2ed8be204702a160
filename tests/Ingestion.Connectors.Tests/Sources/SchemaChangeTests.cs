using MiniExcelLibs;
using Npgsql;

namespace Ingestion.Connectors.Tests.Sources;

/// <summary>What happens where a source has a column that its contract does not have.</summary>
public sealed class SchemaChangeTests(PostgresFixture postgres)
{
    private const string Fields = "  - {name: id, type: bigint, required: true}";

    [Theory]
    [InlineData("csv", "id,City Name\n1,Rome\n")]
    [InlineData("xlsx", "")]
    public async Task A_column_is_added_as_text_and_stays(string format, string text)
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        if (format == "csv")
            stage.Write(text);
        else
            await File.WriteAllBytesAsync(Path.Combine(stage.Folder, "people.csv"), Workbook());
        var contract = LoadingStage.Contract(Fields, "on_schema_change: add_columns", $"format: {format}\nfile: people.csv");

        await stage.LoadAsync(contract);
        (await stage.LoadAsync(contract)).AlreadyLoaded.ShouldBeTrue();
        if (format == "csv")
        {
            stage.Write("id\n2\n");
            await stage.LoadAsync(contract);
        }

        (await stage.QueryAsync("select id, city_name from raw.people where id = 1")).ShouldBe(["1|Rome"]);
        (await stage.QueryAsync("select format_type(atttypid, atttypmod) from pg_attribute where attrelid = 'raw.people'::regclass and attname = 'city_name'"))
            .ShouldBe(["text"]);
    }

    [Fact]
    public async Task A_column_of_a_database_is_added_as_text()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.ConnectionStrings["shop"] = await postgres.Server.CreateDatabaseAsync(default);
        await using var shop = NpgsqlDataSource.Create(stage.ConnectionStrings["shop"]);
        await using (var create = shop.CreateCommand("create table people (id bigint, born date); insert into people values (1, '2024-02-29')"))
            await create.ExecuteNonQueryAsync();

        await stage.LoadAsync(LoadingStage.Contract(Fields, "on_schema_change: add_columns\noptions: {connection: shop, table: people}", "format: postgres"));

        (await stage.QueryAsync("select id, born || '' from raw.people")).ShouldBe(["1|2024-02-29"]);
    }

    [Theory]
    [InlineData("csv", "id,city\n1,Rome\n", "")]
    [InlineData("json", "[{\"id\": 1, \"city\": {\"a\": 1}}]", "")]
    [InlineData("xml", "<p><r><id>1</id><city><a>1</a></city></r></p>", "\noptions: {record: p/r}")]
    public async Task A_column_is_left_out_where_it_is_ignored(string format, string text, string options)
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.Write(text);

        (await stage.LoadAsync(LoadingStage.Contract(Fields, $"on_schema_change: ignore{options}", $"format: {format}\nfile: people.csv"))).Rows.ShouldBe(1);

        (await stage.QueryAsync("select count(*) from pg_attribute where attrelid = 'raw.people'::regclass and attname = 'city'")).ShouldBe(["0"]);
    }

    [Theory]
    [InlineData("json", "[{\"id\": 1}]", "")]
    [InlineData("xml", "<p><r><id>1</id></r></p>", "\noptions: {record: p/r}")]
    public async Task A_format_without_a_header_cannot_add_columns(string format, string text, string options)
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.Write(text);

        (await stage.FailToLoadAsync(LoadingStage.Contract(Fields, $"on_schema_change: add_columns{options}", $"format: {format}\nfile: people.csv"))).Message
            .ShouldBe(
                $"The format {format} has no header, so that 'on_schema_change: add_columns' is impossible; use ignore, or add the fields to the contract");
    }

    [Theory]
    [InlineData("id,meta_batch_id\n1,x\n", "meta_batch_id")]
    [InlineData("id,,city\n1,x,Rome\n", "")]
    public async Task A_column_whose_name_no_column_can_have_is_one_clear_line(string text, string column)
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.Write(text);

        (await stage.FailToLoadAsync(LoadingStage.Contract(Fields, "on_schema_change: add_columns"))).Message
            .ShouldBe($"The column '{column}' is not in people.yml; add it there or remove it from the data");
    }

    private static byte[] Workbook()
    {
        using var stream = new MemoryStream();
        stream.SaveAs(new[] { new Dictionary<string, object> { ["id"] = 1, ["City Name"] = "Rome" } });
        return stream.ToArray();
    }
}
