using System.Net.Http.Headers;

namespace Serving.Api.Tests;

/// <summary>Who may ask what, outside Development.</summary>
public sealed class AccessTests(PostgresFixture postgres)
{
    private const string PredictKey = "a-key-that-only-scores-01";
    private const string AdminKey = "a-key-that-may-do-all-002";

    [Fact]
    public async Task Outside_Development_each_request_needs_a_key_that_is_good_for_it()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await warehouse.TrainAsync();
        await using var service = new Service(
            warehouse.ConnectionString,
            ("environment", "Production"),
            ("Serving:Keys:0:Key", PredictKey), ("Serving:Keys:0:Name", "the shop"),
            ("Serving:Keys:1:Key", AdminKey), ("Serving:Keys:1:Scopes:0", "Admin"), ("Serving:Keys:1:Name", "the owner"));

        (await StatusAsync(service, HttpMethod.Post, "/predict", null)).ShouldBe(401);
        (await StatusAsync(service, HttpMethod.Post, "/predict", "a-key-that-nobody-gave-1")).ShouldBe(401);
        (await StatusAsync(service, HttpMethod.Post, "/predict", PredictKey)).ShouldBe(200);
        (await StatusAsync(service, HttpMethod.Post, "/predict", AdminKey)).ShouldBe(200);
        (await StatusAsync(service, HttpMethod.Get, "/features/7", PredictKey)).ShouldBe(403);
        (await StatusAsync(service, HttpMethod.Get, "/models", PredictKey)).ShouldBe(403);
        (await StatusAsync(service, HttpMethod.Post, "/models/1/promote", PredictKey)).ShouldBe(403);
        (await StatusAsync(service, HttpMethod.Get, "/v2/models/lead_conversion", null)).ShouldBe(401);
        (await StatusAsync(service, HttpMethod.Post, "/models/1/promote", AdminKey)).ShouldBe(200);
        (await StatusAsync(service, HttpMethod.Get, "/health", null)).ShouldBe(200);
        service.Lines.ShouldContain("Information: the owner made model 1 of lead_conversion Champion");
    }

    [Fact]
    public async Task A_key_that_asks_too_often_is_told_when_to_come_again()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await warehouse.TrainAsync();
        await using var service = new Service(
            warehouse.ConnectionString, ("environment", "Production"), ("Serving:Keys:0:Key", PredictKey), ("Serving:Keys:0:PerMinute", "2"));

        var statuses = new List<int>();
        for (var i = 0; i < 4; i++)
            statuses.Add(await StatusAsync(service, HttpMethod.Post, "/predict", PredictKey));

        statuses.ShouldBe([200, 200, 429, 429]);
    }

    [Fact]
    public async Task Without_a_key_the_service_says_that_it_refuses_everything()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await using var service = new Service(warehouse.ConnectionString, ("environment", "Production"));

        (await StatusAsync(service, HttpMethod.Post, "/predict", PredictKey)).ShouldBe(401);

        service.Lines.ShouldContain(line => line.StartsWith("Warning: The API has no key", StringComparison.Ordinal));
    }

    private static async Task<int> StatusAsync(Service service, HttpMethod method, string path, string? key)
    {
        using var request = new HttpRequestMessage(method, path);
        if (method == HttpMethod.Post)
            request.Content = new StringContent("""{"contact_id": 7}""");
        request.Headers.Add("X-Leadline-Client", "tests");
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await service.Client.SendAsync(request, TestContext.Current.CancellationToken);
        if ((int)response.StatusCode == 429)
            response.Headers.RetryAfter.ShouldNotBeNull();
        return (int)response.StatusCode;
    }
}
