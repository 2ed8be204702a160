using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using Serving.Training.Configuration;
using Serving.Training.Run;

namespace Serving.Api.Tests;

/// <summary>Data sets that this program knows nothing of but their declarations: other columns, a composite key, a text key.</summary>
public sealed class DeclaredPredictionTests(PostgresFixture postgres)
{
    private static readonly string s_models = typeof(DeclaredPredictionTests).Assembly.Location;

    [Fact]
    public async Task A_data_set_with_other_columns_and_keys_is_trained_and_served_by_its_declaration_alone()
    {
        await using var warehouse = await CreateAsync();
        await TrainAsync(warehouse);
        await using var service = new Service(warehouse.ConnectionString, ("Serving:Models:0", s_models));

        var (status, large) = await service.PostToAsync("/predict/cart_order", """{"shop": "north/1", "cart_no": 2, "reasons": 1}""");
        var (_, many) = await service.PostToAsync(
            "/predict/cart_order", """{"keys": [{"shop": "north/1", "cart_no": 2}, {"cart_no": 3, "shop": "south"}, {"shop": "east", "cart_no": 1}]}""");
        var (_, form) = await service.PostToAsync("/predict/form_answer", """{"form_id": "F-90"}""");

        status.ShouldBe(200);
        large.GetProperty("shop").GetString().ShouldBe("north/1");
        large.GetProperty("cart_no").GetInt32().ShouldBe(2);
        large.GetProperty("score").GetDouble().ShouldBeGreaterThan(0.7);
        large.GetProperty("reasons")[0].GetProperty("feature").GetString().ShouldBe("items");
        many.GetProperty("scores").EnumerateArray().Select(score => score.GetProperty("score").GetDouble())
            .ShouldBe([large.GetProperty("score").GetDouble(), many.GetProperty("scores")[1].GetProperty("score").GetDouble()]);
        many.GetProperty("scores")[1].GetProperty("score").GetDouble().ShouldBeLessThan(0.4);
        many.GetProperty("unknown").GetRawText().ShouldBe("""[{"shop":"east","cart_no":1}]""");
        form.GetProperty("score").GetDouble().ShouldBeGreaterThan(0.7);
        (await service.GetAsync("/features/form_answer/F-90")).Body.GetProperty("features").GetProperty("words").GetDouble().ShouldBe(90);
        var features = (await service.GetAsync("/features/cart_order/south%2F1")).Body.GetProperty("features");
        features.GetProperty("zip").GetString().ShouldBe("50001");
        features.GetProperty("is_member").ValueKind.ShouldBe(JsonValueKind.True, "a boolean is a boolean");
    }

    [Theory]
    [InlineData("cart_order", """{"shop": "south"}""", 400, "'cart_no' is missing")]
    [InlineData("cart_order", """{"shop": 7, "cart_no": 1}""", 400, "'shop' is 7, not a text")]
    [InlineData("cart_order", """{"shop": "south", "cart_no": 99999999999}""", 400, "'cart_no' is 99999999999, not a whole number")]
    [InlineData("cart_order", """{"shop": "a\u0000b", "cart_no": 1}""", 400, "'shop' is ")]
    [InlineData("cart_order", """{"shop": "\ud800", "cart_no": 1}""", 400, "'shop' is ")]
    [InlineData("cart_order", """{"shop": "east", "cart_no": 1}""", 404, "There is no row with shop/cart_no east/1 in carts.")]
    [InlineData("cart_order", """{"features": {"items": 501}}""", 422, "'items' lies outside of 0 to 500.")]
    [InlineData("cart_order", """{"keys": [{"shop": "south", "cart_no": 1, "colour": 1}]}""", 400, "'colour' in 'keys' is unknown")]
    [InlineData("form_answer", """{"form_id": 7}""", 400, "'form_id' is 7, not a text; expected is, for example, {\"form_id\": \"A-17\"}.")]
    [InlineData("order_cart", """{}""", 404, "No model declares a prediction 'order_cart'; declared are 'cart_order', 'form_answer', ")]
    public async Task A_request_that_does_not_fit_its_declaration_says_what_is_wrong(string name, string body, int status, string detail)
    {
        await using var warehouse = await CreateAsync();
        await TrainAsync(warehouse);
        await using var service = new Service(warehouse.ConnectionString, ("Serving:Models:0", s_models));

        var (given, problem) = await service.PostToAsync($"/predict/{name}", body);

        given.ShouldBe(status);
        problem.GetProperty("detail").GetString().ShouldStartWith(detail);
    }

    private static async Task TrainAsync(Warehouse warehouse)
    {
        var options = new TrainingOptions
        {
            MinimumExamples = 100, MinimumPerLabel = 20, MinimumAuc = 0.6, Learners = { "scorecard" }, Models = { s_models }, Predictions = { "cart_order", "form_answer" },
        };
        await using var source = NpgsqlDataSource.Create(warehouse.ConnectionString);
        await new TrainingRuns(source, Options.Create(options), NullLoggerFactory.Instance).RunAsync(TestContext.Current.CancellationToken);
    }

    private async Task<Warehouse> CreateAsync()
    {
        var warehouse = await Warehouse.CreateAsync(postgres);
        await warehouse.ExecuteAsync(
            """
            create schema dev_test_shop;
            create table dev_test_shop.carts as
            select shop, cart_no::integer as cart_no, (cart_no * 7 % 20)::integer as items, case when cart_no % 9 = 0 then 'NaN' else cart_no * 1.5 end::numeric as price,
                (50000 + cart_no % 3)::integer as zip, cart_no % 2 = 1 as is_member,
                case when (cart_no * 7 % 20 > 5) <> (cart_no % 11 = 0) then (array['won', 'renewed'])[1 + cart_no % 2] when cart_no % 50 = 0 then null else 'lost' end as outcome
            from unnest(array['north/1', 'south']) as shop, generate_series(1, 400) as cart_no;
            alter table dev_test_shop.carts add primary key (shop, cart_no);
            create table dev_test_shop.forms as
            select 'F-' || form as form_id, form % 100 as words, ((form % 100 > 50) <> (form % 13 = 0))::integer as answered from generate_series(1, 700) as form;
            alter table dev_test_shop.forms alter words type double precision, add primary key (form_id);
            """);
        return warehouse;
    }
}
