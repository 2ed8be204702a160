namespace Ingestion.Connectors.Tests.Loading;

/// <summary>When a load is too bad, or too small, to be a success.</summary>
public sealed class LoadLimitTests(PostgresFixture postgres)
{
    private const string Fields = """
          - {name: id, type: bigint, required: true}
          - {name: name, type: text}
        """;

    [Theory]
    [InlineData("csv", "id,name\n")]
    [InlineData("json", "[]")]
    [InlineData("ndjson", "\n")]
    public async Task A_source_that_may_be_empty_is_an_empty_batch(string format, string text)
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.Write($"people.{format}", text);

        (await stage.LoadAsync(LoadingStage.Contract(Fields, "min_rows: 0", $"format: {format}\nfile: people.{format}"))).Rows.ShouldBe(0);

        (await stage.QueryAsync("select count(*) from raw.people")).ShouldBe(["0"]);
    }

    [Fact]
    public async Task An_empty_table_of_a_database_is_a_failure_too()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.ConnectionStrings["shop"] = await postgres.Server.CreateDatabaseAsync(default);
        await using (var shop = Npgsql.NpgsqlDataSource.Create(stage.ConnectionStrings["shop"]))
        await using (var create = shop.CreateCommand("create table source_people (id bigint, name text)"))
            await create.ExecuteNonQueryAsync();
        var contract = LoadingStage.Contract(Fields, "options: {connection: shop, table: source_people}", "format: postgres");

        (await stage.FailToLoadAsync(contract)).Message.ShouldStartWith("'shop:source_people' has 0 rows to load, expected at least 1;");
        (await stage.LoadAsync(contract with { Limits = new() { MinRows = 0 } })).Rows.ShouldBe(0);
    }

    [Theory]
    [InlineData("max_bad_rows: 2", 3, 2, null)]
    [InlineData("max_bad_rows: 2", 10_000, 3, "more than 2 records are not")]
    [InlineData("max_bad_rows: 0", 1, 1, "more than 0 records are not")]
    [InlineData("max_bad_rows: 40%", 3, 2, null)]
    [InlineData("max_bad_rows: 39.9%", 3, 2, "2 of 5 records are not")]
    [InlineData("min_rows: 3", 3, 2, null)]
    [InlineData("min_rows: 4", 3, 2, "'people.csv' has 3 rows to load, expected at least 4;")]
    [InlineData("min_rows: 0", 0, 2, "all 2 records are not")]
    [InlineData("{min_rows: 0, max_bad_rows: 100%}", 0, 2, null)]
    public async Task The_contract_says_what_is_acceptable(string limits, int good, int bad, string? message)
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.Write("id,name\n" + string.Concat(Enumerable.Repeat("x,bad\n", bad)) + string.Concat(Enumerable.Range(0, good).Select(i => $"{i},good\n")));
        var contract = LoadingStage.Contract(Fields, limits.Trim('{', '}').Replace(", ", "\n"));

        if (message is not null)
        {
            (await stage.FailToLoadAsync(contract)).Message.ShouldContain(message);
            return;
        }

        var result = await stage.LoadAsync(contract);
        (result.Rows, result.Quarantined).ShouldBe((good, bad));
    }
}
