namespace Ingestion.Connectors.Tests.Fake;

public sealed class FakerConnectorTests(PostgresFixture postgres)
{
    private const string Users = """
          - {name: id, type: bigint, required: true}
          - {name: name, type: text, required: true}
          - {name: email, type: text, required: true, pattern: '@example\.com$'}
          - {name: city, type: text}
          - {name: country, type: text}
          - {name: born, type: date}
          - {name: created_at, type: timestamptz}
          - {name: updated_at, type: timestamptz, required: true}
          - {name: age, type: integer, min: 18, max: 80}
          - {name: title, type: text, required: true}
          - {name: gender, type: text, values: [Female, Male, Other]}
          - {name: height, type: "numeric(3,2)", min: 1, max: 3}
          - {name: weight, type: integer, min: 30}
          - {name: language, type: text, required: true}
          - {name: telephone, type: text, required: true}
          - {name: blood_type, type: text, required: true}
          - {name: occupation, type: text, required: true}
          - {name: nationality, type: text, required: true}
          - {name: academic_degree, type: text, required: true}
        """;

    private const string Products = """
          - {name: id, type: bigint, required: true}
          - {name: name, type: text}
          - {name: category, type: text}
          - {name: price, type: "numeric(10,2)", min: 1}
          - {name: created_at, type: timestamptz}
          - {name: make, type: text, required: true}
          - {name: model, type: text, required: true}
          - {name: year, type: integer, min: 1990, max: 2023}
        """;

    private const string Purchases = """
          - {name: id, type: bigint, required: true}
          - {name: user_id, type: bigint, min: 1, max: 1000}
          - {name: product_id, type: bigint, min: 1, max: 1000}
          - {name: quantity, type: integer}
          - {name: amount, type: "numeric(10,2)"}
          - {name: status, type: text, values: [paid, returned, open]}
          - {name: purchased_at, type: timestamptz}
          - {name: added_to_cart_at, type: timestamptz, required: true}
          - {name: returned_at, type: timestamptz}
        """;

    [Theory]
    [InlineData("users", Users)]
    [InlineData("products", Products)]
    [InlineData("purchases", Purchases)]
    public async Task Each_dataset_is_whole_and_of_the_size_that_is_asked_for(string dataset, string fields)
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);

        var result = await stage.LoadAsync(Contract(fields, $"dataset: {dataset}, rows: 2500"));

        (result.Rows, result.Quarantined).ShouldBe((2500, 0));
        (await stage.QueryAsync("select count(distinct id), min(id), max(id), min(meta_source_file) from raw.people"))
            .ShouldBe([$"2500|1|2500|faker:{dataset}"]);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_rows_and_another_one_others()
    {
        await using var first = await LoadingStage.CreateAsync(postgres);
        await using var second = await LoadingStage.CreateAsync(postgres);
        const string Rows = "select id, name, email, city, country, born::text, created_at at time zone 'UTC' from raw.people order by id";
        await first.LoadAsync(Contract(Users, "dataset: users, rows: 50"));
        await second.LoadAsync(Contract(Users, "dataset: users, rows: 60"));

        var rows = await first.QueryAsync(Rows);
        rows.Distinct().Count().ShouldBe(50);
        (await second.QueryAsync($"{Rows} limit 50")).ShouldBe(rows);
        (await first.LoadAsync(Contract(Users, "dataset: users, rows: 50"))).AlreadyLoaded.ShouldBeTrue();
        await first.QueryAsync("drop table raw.people");
        await first.LoadAsync(Contract(Users, "dataset: users, rows: 50, random_seed: 2"));
        (await first.QueryAsync(Rows)).Intersect(rows).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_contract_takes_the_columns_that_it_names()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);

        await stage.LoadAsync(Contract("  - {name: id, type: bigint}\n  - {name: shoe_size, type: integer}", "dataset: users, rows: 1"));

        (await stage.QueryAsync("select id, shoe_size from raw.people")).ShouldBe(["1|null"]);
    }

    [Fact]
    public async Task An_unknown_dataset_is_one_clear_line()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);

        (await stage.FailToLoadAsync(Contract("  - {name: id, type: bigint}", "dataset: user"))).Message
            .ShouldBe(
                "Contract 'people' has the unknown dataset 'user'; did you mean 'users'?; expected one of users, products, purchases in " +
                "its options");
    }

    private static Models.Contracts.Contract Contract(string fields, string options) =>
        LoadingStage.Contract(fields, $"options: {{{options}}}", "format: faker");
}
