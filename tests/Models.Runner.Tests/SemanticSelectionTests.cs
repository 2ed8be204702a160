namespace Models.Runner.Tests;

public sealed class SemanticSelectionTests(PostgresFixture postgres)
{
    [Theory]
    [InlineData("--resource-type metric", "metric:shop.n metric:shop.twice")]
    [InlineData("--resource-type semantic_model saved_query", "saved_query:shop.asked semantic_model:shop.orders")]
    [InlineData("--select metric:twice+", "exposure:shop.board metric:shop.twice saved_query:shop.asked")]
    [InlineData("--select +saved_query:asked --resource-type model", "shop.orders")]
    [InlineData("--select semantic_model:shop.orders", "semantic_model:shop.orders")]
    [InlineData("--select +exposure:board --exclude semantic_model:*", "exposure:shop.board metric:shop.n metric:shop.twice shop.orders")]
    public async Task The_semantic_layer_is_listed_and_selected(string flags, string expected)
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("orders", "select 1 as id, now() as at")
            .Write("models/all.yml", """
                semantic_models:
                  - {name: orders, model: ref('orders'), defaults: {agg_time_dimension: at}, dimensions: [{name: at, type: time}], measures: [{name: n, agg: count, create_metric: true}]}
                metrics:
                  - {name: twice, label: Twice, type: derived, type_params: {expr: n * 2, metrics: [n]}}
                saved_queries:
                  - {name: asked, query_params: {metrics: [twice]}}
                exposures:
                  - {name: board, type: dashboard, owner: {name: Ann}, depends_on: [metric('twice')]}
                """);

        var (exitCode, output, errors) = await LeadlineProcess.RunAsync(project, ["ls", "--quiet", .. flags.Split(' ')]);

        errors.ShouldBeEmpty();
        exitCode.ShouldBe(0);
        string.Join(' ', output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Order(StringComparer.Ordinal))
            .ShouldBe(expected);
    }
}
