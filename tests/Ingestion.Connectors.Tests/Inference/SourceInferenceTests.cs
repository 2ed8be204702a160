using Ingestion.Connectors.Inference;
using Ingestion.Connectors.Sources;
using Models.Contracts;
using Models.Diagnostics;
using Npgsql;

namespace Ingestion.Connectors.Tests.Inference;

/// <summary>First contracts that are written from a sample of a source.</summary>
public sealed class SourceInferenceTests(PostgresFixture postgres)
{
    private const string Csv = """
        id;article no;price;sold;at;note;flag;mixed;empty
        1;007;1.50;2024-01-31;2024-01-31T06:00:00Z;a, b;true;1;
        2;1;2;2024-02-29;2024-02-29 06:00:00+01;;false;x;

        """;

    [Fact]
    public async Task A_csv_file_becomes_a_contract_that_loads_it()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.Write(Csv);

        var inferred = await InferAsync(stage, "csv");

        inferred.ToYaml().ShouldBe("""
            name: people
            format: csv
            file: people.csv
            primary_key: [id]
            fields:
              - {name: id, type: bigint, required: true}
              - {name: article_no, type: text, required: true}
              - {name: price, type: numeric, required: true}
              - {name: sold, type: date, required: true}
              - {name: at, type: timestamptz, required: true}
              - {name: note, type: text}
              - {name: flag, type: boolean, required: true}
              - {name: mixed, type: text, required: true}
              - {name: empty, type: text}

            """.ReplaceLineEndings("\n"));
        inferred.Notes.ShouldContain("'mixed' is a text because of 'x'; other values are not");
        inferred.Notes.ShouldContain("'empty' has no value, so that its type is not known; text is assumed");
        var diagnostics = new DiagnosticBag();
        var contract = ContractReader.Read(new SourceText("people.yml", inferred.ToYaml()), diagnostics);
        diagnostics.ToSortedList().ShouldBeEmpty();
        (await stage.LoadAsync(contract!)).ShouldSatisfyAllConditions(r => r.Rows.ShouldBe(2), r => r.Quarantined.ShouldBe(0));
    }

    [Theory]
    [InlineData("ndjson", "{\"id\": 1, \"no\": \"007\", \"n\": 1, \"at\": \"2024-01-31T06:00:00Z\", \"o\": {\"a\": 1}}\n{\"id\": 2, \"no\": \"1\", \"n\": 1.5, \"at\": null, \"new\": true}\n")]
    [InlineData("json", "[{\"id\": 1, \"no\": \"007\", \"n\": 1, \"at\": \"2024-01-31T06:00:00Z\", \"o\": {\"a\": 1}}, {\"id\": 2, \"no\": \"1\", \"n\": 1.5, \"at\": null, \"new\": true}]")]
    public async Task Json_records_become_fields_with_their_types(string format, string text)
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.Write(text);

        (await InferAsync(stage, format)).Fields.Select(f => $"{f.Name} {f.Type.Name} {f.Required}").ShouldBe(
        [
            "id bigint True", "no text True", "n numeric True", "at timestamp with time zone False", "o jsonb False", "new boolean False",
        ]);
    }

    [Fact]
    public async Task A_table_of_a_database_becomes_a_contract()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.ConnectionStrings["shop"] = await postgres.Server.CreateDatabaseAsync(default);
        await using (var shop = NpgsqlDataSource.Create(stage.ConnectionStrings["shop"]))
        await using (var create = shop.CreateCommand("create table cars as select 1 as car_id, 2.50::numeric(10,2) as price, timestamptz '2024-01-01Z' as sold, 'a b' as note"))
            await create.ExecuteNonQueryAsync();

        var inferred = await SourceInference.InferAsync(
            LoadingStage.Contract("  - {name: x, type: text}", "", "format: postgres\noptions: {connection: shop, table: public.cars}"),
            new SourceLocation(stage.Folder) { ConnectionStrings = stage.ConnectionStrings }, sample: 1000, default);

        inferred.ToYaml().ShouldBe("""
            name: people
            format: postgres
            primary_key: [car_id]
            options: {connection: shop, table: public.cars}
            fields:
              - {name: car_id, type: bigint, required: true}
              - {name: price, type: numeric, required: true}
              - {name: sold, type: timestamptz, required: true}
              - {name: note, type: text, required: true}

            """.ReplaceLineEndings("\n"));
    }

    private static Task<InferredContract> InferAsync(LoadingStage stage, string format) => SourceInference.InferAsync(
        LoadingStage.Contract("  - {name: x, type: text}", "", $"format: {format}\nfile: people.csv"), new SourceLocation(stage.Folder), sample: 1000, default);
}
