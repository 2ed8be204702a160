using System.Net;
using Microsoft.Extensions.Hosting;

namespace AppHost.Tests.Local;

/// <summary>The host that stands in for Aspire, with shell scripts as its resources.</summary>
public sealed class LocalHostTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly IDistributedApplicationTestingBuilder _builder = DistributedApplicationTestingBuilder.Create();

    public LocalHostTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "the resources of these tests are shell scripts");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Log => _folder.File("log");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_resource_starts_when_the_one_it_waits_for_has_completed()
    {
        var first = Script("first", $"sleep 0.2; echo first >> {Log}");
        var second = Script("second", $"echo second >> {Log}; sleep 60").WaitForCompletion(first);
        await using var app = await StartAsync();

        await app.ResourceNotifications.WaitForResourceHealthyAsync(second.Resource.Name, Cancellation);
        await UntilLoggedAsync(2);

        (await File.ReadAllLinesAsync(Log, Cancellation)).ShouldBe(["first", "second"]);
    }

    [Fact]
    public async Task A_resource_starts_when_the_one_it_waits_for_is_healthy_and_all_who_asked_were_told()
    {
        using var server = new HttpListener();
        var port = FreePort();
        server.Prefixes.Add($"http://localhost:{port}/");
        var service = Script("service", "sleep 60")
            .WithHttpEndpoint(port: port)
            .WithHttpHealthCheck("/health")
            .OnResourceReady((_, _, _) => File.AppendAllTextAsync(Log, "ready\n", Cancellation));
        var dependent = Script("dependent", $"echo started >> {Log}; sleep 60").WaitFor(service);
        await using var app = await StartAsync();

        server.Start();
        _ = AnswerAsync(server, refusals: 2);
        await app.ResourceNotifications.WaitForResourceHealthyAsync(dependent.Resource.Name, Cancellation);
        await UntilLoggedAsync(2);

        (await File.ReadAllLinesAsync(Log, Cancellation)).ShouldBe(["ready", "started"]);
    }

    [Fact]
    public async Task Environment_connection_strings_and_telemetry_settings_reach_the_process()
    {
        _builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://collector:4317";
        var source = _builder.AddConnectionString("source", ReferenceExpression.Create($"Host=there"));
        var warehouse = _builder.AddConnectionString("warehouse", ReferenceExpression.Create($"{source};Search Path=dev_me"));
        Script("service", $"echo \"$ConnectionStrings__warehouse|$colour|$OTEL_EXPORTER_OTLP_ENDPOINT|$OTEL_SERVICE_NAME|$LEADLINE_PARENT_PID\" >> {Log}; sleep 60")
            .WithReference(warehouse)
            .WithEnvironment("colour", "blue");
        await using var app = await StartAsync();

        await UntilLoggedAsync(1);

        (await File.ReadAllLinesAsync(Log, Cancellation))[0]
            .ShouldBe($"Host=there;Search Path=dev_me|blue|http://collector:4317|service|{Environment.ProcessId}");
    }

    [Fact]
    public async Task A_resource_that_fails_ends_the_application_and_is_not_started_again()
    {
        var failing = Script("failing", $"echo failing >> {Log}; exit 3");
        Script("dependent", $"echo dependent >> {Log}").WaitForCompletion(failing);
        Script("bystander", "sleep 60");
        await using var app = await StartAsync();

        await app.WaitForShutdownAsync(Cancellation);

        (await File.ReadAllLinesAsync(Log, Cancellation)).ShouldBe(["failing"]);
        Environment.ExitCode.ShouldBe(1);
        Environment.ExitCode = 0;
    }

    [Fact]
    public async Task A_service_that_ends_unasked_ends_the_application()
    {
        Script("service", "exit 0");
        await using var app = await StartAsync();

        await app.WaitForShutdownAsync(Cancellation);
    }

    [Fact]
    public async Task Those_that_need_something_are_stopped_before_it()
    {
        var server = Script("server", Service("server"));
        var client = Script("client", Service("client")).WaitFor(server);
        var app = await StartAsync();
        await app.ResourceNotifications.WaitForResourceHealthyAsync(client.Resource.Name, Cancellation);
        await UntilLoggedAsync(2);

        await app.DisposeAsync();

        (await File.ReadAllLinesAsync(Log, Cancellation)).ShouldBe(["server up", "client up", "client down", "server down"]);
    }

    [Fact]
    public async Task A_program_that_is_not_there_ends_the_application()
    {
        _builder.AddExecutable("ghost", "/no/such/program", _folder.Path);
        await using var app = await StartAsync();

        await app.WaitForShutdownAsync(Cancellation);
    }

    [Fact]
    public void Two_resources_of_one_name_are_refused()
    {
        Script("twin", "true");

        Should.Throw<DistributedApplicationException>(() => Script("twin", "true")).Message.ShouldContain("twin");
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task AnswerAsync(HttpListener server, int refusals)
    {
        while (server.IsListening)
        {
            var context = await server.GetContextAsync();
            context.Response.StatusCode = refusals-- > 0 ? 503 : 200;
            context.Response.Close();
        }
    }

    private IResourceBuilder<ExecutableResource> Script(string name, string text) =>
        _builder.AddExecutable(name, "/bin/sh", _folder.Path, "-c", text);

    private string Service(string name) =>
        $"trap 'echo {name} down >> {Log}; exit 0' TERM; echo {name} up >> {Log}; while :; do sleep 0.05; done";

    private async Task<DistributedApplication> StartAsync()
    {
        var app = await _builder.BuildAsync(Cancellation);
        await app.StartAsync(Cancellation);
        return app;
    }

    private async Task UntilLoggedAsync(int lines)
    {
        while (!File.Exists(Log) || (await File.ReadAllLinesAsync(Log, Cancellation)).Length < lines)
            await Task.Delay(20, Cancellation);
    }
}
