using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Models.Runner.Tests;

public sealed class DocsServerTests(PostgresFixture postgres)
{
    [Fact]
    public async Task The_page_and_its_artifacts_are_served_and_nothing_else()
    {
        await using var served = await ServedDocs.StartAsync(postgres);

        (await served.Client.GetStringAsync("/")).ShouldContain("<main");
        (await served.Client.GetStringAsync("/manifest.json")).ShouldContain("model.shop.a");
        (await served.Client.GetAsync("/../dbt_project.yml")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await served.Client.GetAsync("/run/shop/models/a.sql")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var head = await served.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/"));
        head.Content.Headers.ContentLength.ShouldNotBeNull().ShouldBeGreaterThan(1000);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public async Task It_answers_under_both_names_of_this_machine(string name)
    {
        await using var served = await ServedDocs.StartAsync(postgres);

        using var client = new HttpClient { BaseAddress = new Uri($"http://{name}:{served.Port}/") };
        (await client.GetStringAsync("/")).ShouldContain("<main");
    }

    [Fact]
    public async Task It_does_not_answer_under_a_name_of_somebody_else()
    {
        await using var served = await ServedDocs.StartAsync(postgres);

        var request = new HttpRequestMessage(HttpMethod.Get, "/manifest.json") { Headers = { Host = "evil.example" } };
        (await served.Client.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_post_without_a_length_is_refused_and_the_server_goes_on()
    {
        await using var served = await ServedDocs.StartAsync(postgres);

        (await served.SendAsync("POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")).ShouldStartWith("HTTP/1.1 405");
        (await served.SendAsync("\0\u0001nonsense\r\n\r\n")).ShouldStartWith("HTTP/1.1 400");
        (await served.Client.GetStringAsync("/")).ShouldContain("<main");
    }

    [Fact]
    public async Task The_page_may_run_its_own_scripts_only()
    {
        await using var served = await ServedDocs.StartAsync(postgres);

        var headers = (await served.Client.GetAsync("/")).Headers;

        var policy = headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldStartWith("default-src 'none'; script-src 'sha256-");
        policy.ShouldNotContain("unsafe");
        headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        headers.Contains("Server").ShouldBeFalse();
    }

    [Fact]
    public async Task A_port_that_is_taken_is_one_line()
    {
        await using var served = await ServedDocs.StartAsync(postgres);

        var (exitCode, _, errors) = await LeadlineProcess.RunAsync(served.Project, "docs", "serve", "--port", $"{served.Port}", "--no-browser");

        exitCode.ShouldBe(2);
        errors.Trim().ShouldStartWith($"Cannot listen on 127.0.0.1:{served.Port}: ");
        errors.Trim().ShouldNotContain("\n");
    }

    private sealed class ServedDocs : IAsyncDisposable
    {
        private readonly Process _process;

        private ServedDocs(TestProject project, Process process, int port)
        {
            Project = project;
            _process = process;
            Port = port;
            Client = new HttpClient { BaseAddress = new Uri($"http://localhost:{port}/") };
        }

        public TestProject Project { get; }

        public int Port { get; }

        public HttpClient Client { get; }

        public static async Task<ServedDocs> StartAsync(PostgresFixture postgres)
        {
            var project = (await TestProject.CreateAsync(postgres)).Model("a", "select 1 as id");
            var port = FreePort();
            var process = LeadlineProcess.Start(project, "docs", "serve", "--port", port.ToString(CultureInfo.InvariantCulture), "--no-browser");
            (await process.StandardOutput.ReadLineAsync()).ShouldNotBeNull().ShouldContain($"http://localhost:{port}/");
            return new ServedDocs(project, process, port);
        }

        /// <summary>Sends bytes as they are; gives the answer.</summary>
        public async Task<string> SendAsync(string request)
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, Port);
            await using var stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
            using var reader = new StreamReader(stream);
            return await reader.ReadToEndAsync();
        }

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
            await Project.DisposeAsync();
        }

        private static int FreePort()
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
    }
}
