using Models.Contracts;
using Npgsql;

namespace Ingestion.Connectors.Tests.Postgres;

public sealed class PostgresConnectorTests(PostgresFixture postgres)
{
    private const string Fields = """
          - {name: id, type: integer, required: true}
          - {name: price, type: numeric}
          - {name: sold, type: timestamptz}
          - {name: note, type: text}
        """;

    [Fact]
    public async Task A_table_is_loaded_and_a_changed_one_appended()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        await using var shop = await OpenShopAsync(stage);
        await ExecuteAsync(
            shop, "create table cars (price numeric, id int, sold timestamptz, note text); insert into cars values (16199.99, 1, '2024-03-31 01:30:00.5+00', " +
                "'a'), (null, 2, null, '')");

        (await stage.LoadAsync(Contract())).Rows.ShouldBe(2);
        (await stage.LoadAsync(Contract())).AlreadyLoaded.ShouldBeTrue();
        await ExecuteAsync(shop, "update cars set price = 5 where id = 2");
        (await stage.LoadAsync(Contract())).AlreadyLoaded.ShouldBeFalse();

        (await stage.QueryAsync(
            "set time zone 'UTC'; select id, price, sold::text, note, meta_source_file, meta_entity_id from raw.people order by meta_processing_time, id"))
                .ShouldBe(
        [
            "1|16199.99|2024-03-31 01:30:00.5+00|a|shop:public.cars|1",
            "2|null|null|null|shop:public.cars|2",
            "1|16199.99|2024-03-31 01:30:00.5+00|a|shop:public.cars|1",
            "2|5|null|null|shop:public.cars|2",
        ]);
    }

    [Fact]
    public async Task The_order_of_rows_does_not_make_another_batch()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        await using var shop = await OpenShopAsync(stage);
        await ExecuteAsync(shop, "create table cars (id int, note text); insert into cars values (1, 'a'), (2, 'b')");
        await stage.LoadAsync(Contract());
        await ExecuteAsync(shop, "truncate cars; insert into cars values (2, 'b'), (1, 'a')");

        (await stage.LoadAsync(Contract())).AlreadyLoaded.ShouldBeTrue();
    }

    [Fact]
    public async Task A_wrong_value_is_quarantined_with_its_row()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        await using var shop = await OpenShopAsync(stage);
        await ExecuteAsync(shop, "create table cars (id text, sold text); insert into cars values ('1', '2024-01-01 00:00:00+00'), ('x', 'then')");

        (await stage.LoadAsync(Contract())).Rows.ShouldBe(1);

        (await stage.QueryAsync("select source_line, reason, raw_text from ingestion.quarantine"))
            .ShouldBe(
                ["2|id 'x' is not a number; sold 'then' is no time with a time zone as in " +
                    "2023-01-31T23:59:59Z|{\"id\":\"x\",\"price\":null,\"sold\":\"then\",\"note\":null}"]);
    }

    [Theory]
    [InlineData("create table cars (price numeric)", "MDL6209", "The column 'id', which people.yml requires, is missing; there are price")]
    [InlineData("create table cars (id int, prize numeric)", "MDL6210", "The column 'prize' is not in people.yml; did you mean 'price'?")]
    [InlineData(
        "create table boats (id int)", "MDL6221", "The table 'public.cars' of connection 'shop' cannot be read: relation \"public.cars\" does not exist; " +
        "check ConnectionStrings__shop and the contract's 'table'")]
    public async Task A_table_that_is_not_what_the_contract_says_is_one_clear_line(string sql, string id, string message)
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        await using var shop = await OpenShopAsync(stage);
        await ExecuteAsync(shop, sql);

        var diagnostic = await stage.FailToLoadAsync(Contract());

        diagnostic.Id.ShouldBe(id);
        diagnostic.Message.ShouldStartWith(message);
    }

    [Fact]
    public async Task A_connection_that_is_not_there_is_named()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);

        (await stage.FailToLoadAsync(Contract())).Message.ShouldBe(
            "Contract 'people' reads the connection 'shop', which is not configured; set ConnectionStrings__shop");
        stage.ConnectionStrings["shop"] = "Host=127.0.0.1;Port=1;Database=shop";
        (await stage.FailToLoadAsync(Contract())).Message.ShouldStartWith("The table 'public.cars' of connection 'shop' cannot be read: ");
        (await stage.FailToLoadAsync(LoadingStage.Contract(Fields, source: "format: postgres"))).Message
            .ShouldBe("Contract 'people' has the format postgres, which needs 'options: connection'; add it");
        (await stage.FailToLoadAsync(LoadingStage.Contract(Fields, source: "format: postgers"))).Message
            .ShouldBe(
                "Contract 'people' has the format 'postgers', which no connector reads (there are csv, json, ndjson, xml, parquet, avro, xlsx, postgres, postgres_cdc, " +
                "http, faker, webhook, lake); did you mean 'postgres'?");
    }

    [Fact]
    public async Task A_table_that_is_not_there_yet_is_created_from_its_seed_and_then_left_alone()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        var name = $"products_{Guid.NewGuid():N}";
        stage.ConnectionStrings["shop"] = postgres.Server.ConnectionString(name);
        stage.Write("id,price,sold,note\n1,5.50,,first\n2,,2024-01-01T00:00:00Z,\n");
        var contract = LoadingStage.Contract(
            Fields, "primary_key: [id]", "format: postgres\noptions: {connection: shop, table: public.cars, seed: people.csv}");

        var loads = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => stage.LoadAsync(contract)));

        loads.Count(l => !l.AlreadyLoaded).ShouldBe(1);
        await using var shop = NpgsqlDataSource.Create(stage.ConnectionStrings["shop"]);
        await ExecuteAsync(shop, "insert into cars (id) values (3)");
        (await stage.LoadAsync(contract)).Rows.ShouldBe(3);
        await Should.ThrowAsync<PostgresException>(() => ExecuteAsync(shop, "insert into cars (id) values (3)"));
        (await stage.QueryAsync("select id, price, note from raw.people order by meta_processing_time, id"))
            .ShouldBe(["1|5.50|first", "2|null|null", "1|5.50|first", "2|null|null", "3|null|null"]);
    }

    [Fact]
    public async Task A_wrong_seed_leaves_no_table()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        await using var shop = await OpenShopAsync(stage);
        stage.Write("id,price\n1,5.50\n2,cheap\n");

        var diagnostic = await stage.FailToLoadAsync(
            LoadingStage.Contract(Fields, source: "format: postgres\noptions: {connection: shop, table: cars, seed: people.csv}"));

        diagnostic.ToString()
            .ShouldBe("people.csv(3,1): error MDL6222: The seed has an invalid row: price is not a number; correct it");
        await using var command = shop.CreateCommand("select to_regclass('cars') is null");
        (await command.ExecuteScalarAsync()).ShouldBe(true);
    }

    private static Contract Contract() =>
        LoadingStage.Contract(Fields, "primary_key: [id]", "format: postgres\noptions: {connection: shop, table: public.cars}");

    private async Task<NpgsqlDataSource> OpenShopAsync(LoadingStage stage)
    {
        var shop = await postgres.Server.CreateDatabaseAsync(default);
        stage.ConnectionStrings["shop"] = shop;
        return NpgsqlDataSource.Create(shop);
    }

    private static async Task ExecuteAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
