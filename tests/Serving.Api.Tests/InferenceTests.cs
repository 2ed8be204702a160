namespace Serving.Api.Tests;

/// <summary>The Open Inference Protocol, as a client of KServe or MLflow speaks it.</summary>
public sealed class InferenceTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Tensors_are_scored_like_values_of_our_own_form()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await warehouse.TrainAsync();
        await using var service = new Service(warehouse.ConnectionString);
        var (_, often) = await service.PostAsync("""{"features": {"call_attempts": 24, "marketing_source": "Meta", "known_city": true}}""");
        var (_, never) = await service.PostAsync("""{"features": {"call_attempts": 0, "marketing_source": null, "known_city": false}}""");

        var (status, answer) = await service.PostToAsync(
            "/v2/models/lead_conversion/infer",
            """
            {"id": "q1", "inputs": [
                {"name": "call_attempts", "shape": [2, 1], "datatype": "INT64", "data": [[24], [0]]},
                {"name": "marketing_source", "shape": [2], "datatype": "BYTES", "data": ["Meta", null]},
                {"name": "known_city", "shape": [2], "datatype": "BOOL", "data": [true, false]}]}
            """);

        status.ShouldBe(200);
        answer.GetProperty("model_name").GetString().ShouldBe("lead_conversion");
        answer.GetProperty("model_version").GetString().ShouldBe("1");
        answer.GetProperty("id").GetString().ShouldBe("q1");
        var output = answer.GetProperty("outputs")[0];
        output.GetProperty("shape").GetRawText().ShouldBe("[2]");
        output.GetProperty("data").EnumerateArray().Select(score => score.GetDouble())
            .ShouldBe([often.GetProperty("score").GetDouble(), never.GetProperty("score").GetDouble()]);
    }

    [Theory]
    [InlineData("{", 400, "the body is not JSON")]
    [InlineData("{}", 400, "'inputs' is missing")]
    [InlineData("""{"inputs": []}""", 400, "'inputs' is empty")]
    [InlineData("""{"inputs": [{"name": "colour", "shape": [1], "datatype": "BYTES", "data": ["red"]}]}""", 400, "'colour' is no feature of lead_conversion")]
    [InlineData("""{"inputs": [{"name": "call_attempts", "shape": [2], "datatype": "INT64", "data": [1]}]}""", 400, "'call_attempts' has 1 values")]
    [InlineData("""{"inputs": [{"name": "call_attempts", "shape": [1], "datatype": "INT64", "data": ["one"]}]}""", 400, "'call_attempts' holds \"one\"")]
    public async Task A_request_that_does_not_fit_is_refused_as_the_protocol_says(string body, int status, string error)
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await warehouse.TrainAsync();
        await using var service = new Service(warehouse.ConnectionString);

        var (given, answer) = await service.PostToAsync("/v2/models/lead_conversion/infer", body);

        given.ShouldBe(status);
        answer.GetProperty("error").GetString().ShouldStartWith(error);
    }

    [Fact]
    public async Task The_server_and_its_models_describe_themselves()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await using var service = new Service(warehouse.ConnectionString);

        (await service.GetAsync("/v2")).Body.GetProperty("name").GetString().ShouldBe("leadline");
        (await service.GetAsync("/v2/health/live")).Status.ShouldBe(200);
        (await service.GetAsync("/v2/models/lead_conversion/ready")).Status.ShouldBe(503, "nothing has been trained");
        (await service.GetAsync("/v2/models/no_such/ready")).Body.GetProperty("error").GetString().ShouldBe("there is no model 'no_such'");
        var inputs = (await service.GetAsync("/v2/models/lead_conversion")).Body.GetProperty("inputs").EnumerateArray().ToList();
        inputs.ShouldContain(input => input.GetProperty("name").GetString() == "known_city" && input.GetProperty("datatype").GetString() == "BOOL");
        inputs.Count(input => input.GetProperty("datatype").GetString() == "FP64").ShouldBe(6);
    }
}
