using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Ingestion.Worker.Tests;

public sealed class ApiKeyTests(PostgresFixture postgres)
{
    private const string Pipeline = "schedule: {at_start: false}\nsteps:\n  - {call: {url: RECEIVER/orders}}";
    private const string ReadKey = "a-key-that-only-reads-0123";
    private const string RunKey = "a-key-that-may-run-4567890";

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized)]
    [InlineData("a-key-that-nobody-gave-out", HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized)]
    [InlineData(ReadKey, HttpStatusCode.OK, HttpStatusCode.Forbidden)]
    [InlineData(RunKey, HttpStatusCode.OK, HttpStatusCode.Accepted)]
    public async Task Outside_development_a_request_needs_a_key_of_its_scope(string? key, HttpStatusCode read, HttpStatusCode run)
    {
        await using var scene = await WorkerScene.CreateAsync(postgres);
        scene.AddPipeline("orders", Pipeline);
        var worker = await scene.StartHealthyAsync(
            ("DOTNET_ENVIRONMENT", "Production"),
            ("Leadline__ApiKeys__0__Key", ReadKey),
            ("Leadline__ApiKeys__1__KeyFile", scene.AddFile("run.key", $"{RunKey}\n")),
            ("Leadline__ApiKeys__1__Scope", "Run"));
        if (key is not null)
            worker.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);

        using var list = await worker.Http.GetAsync("/pipelines");
        using var start = await worker.Http.PostAsync("/pipelines/orders/run", content: null);

        list.StatusCode.ShouldBe(read);
        start.StatusCode.ShouldBe(run);
        foreach (var refused in new[] { list, start }.Where(r => !r.IsSuccessStatusCode))
            refused.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        worker.Output.ShouldNotContain(ReadKey);
        worker.Output.ShouldNotContain(RunKey);
    }

    [Fact]
    public async Task Without_keys_every_request_is_refused_outside_development_and_the_log_says_why()
    {
        await using var scene = await WorkerScene.CreateAsync(postgres);
        scene.AddPipeline("orders", Pipeline);
        var worker = await scene.StartHealthyAsync(("DOTNET_ENVIRONMENT", "Production"));

        using var response = await worker.Http.GetAsync("/pipelines/orders");

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString().ShouldBe("Send a key of this service in the header 'Authorization: Bearer KEY'.");
        worker.Output.ShouldContain("The API has no key");
    }

    [Theory]
    [InlineData("Leadline__ApiKeys__0__Key", "short", "The key of Leadline__ApiKeys__0__Key (or KeyFile) has 5 characters; it needs 16 or more.")]
    [InlineData("Leadline__ApiKeys__0__KeyFile", "/no/such/file", "The file '/no/such/file' of Leadline__ApiKeys__0__KeyFile cannot be read: ")]
    public async Task A_key_that_cannot_be_used_ends_the_start_with_one_line(string name, string value, string message)
    {
        await using var scene = await WorkerScene.CreateAsync(postgres);
        scene.AddPipeline("orders", Pipeline);
        var worker = scene.Start((name, value));

        (await worker.WaitForExitAsync()).ShouldBe(1);

        worker.Output.ShouldContain(message);
        worker.Output.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Where_a_port_alone_is_given_the_service_listens_on_the_loopback_address()
    {
        await using var scene = await WorkerScene.CreateAsync(postgres);
        scene.AddPipeline("orders", Pipeline);
        var port = WorkerProcess.FreePort();
        var worker = scene.Start(("ASPNETCORE_URLS", ""), ("ASPNETCORE_HTTP_PORTS", $"{port}"), ("DOTNET_ENVIRONMENT", "Production"));
        using var client = new HttpClient { BaseAddress = new Uri($"http://localhost:{port}") };

        await worker.WaitUntilHealthyAsync(client);

        System.Net.NetworkInformation.IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners()
            .Where(listener => listener.Port == port).ShouldAllBe(listener => IPAddress.IsLoopback(listener.Address));
    }
}
