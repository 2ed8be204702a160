using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using ServiceDefaults.Security;

namespace ServiceDefaults.Tests;

/// <summary>Which requests a service answers, and with which headers.</summary>
public sealed class RequestTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, "localhost", HttpStatusCode.OK)]
    [InlineData(null, "127.0.0.1", HttpStatusCode.OK)]
    [InlineData(null, "[::1]", HttpStatusCode.OK)]
    [InlineData(null, "leadline.dev.localhost", HttpStatusCode.OK)]
    [InlineData(null, "evil.example", HttpStatusCode.BadRequest)]
    [InlineData(null, "localhost.evil.example", HttpStatusCode.BadRequest)]
    [InlineData("scores.example; *.internal", "scores.example", HttpStatusCode.OK)]
    [InlineData("scores.example; *.internal", "api.internal", HttpStatusCode.OK)]
    [InlineData("scores.example; *.internal", "localhost", HttpStatusCode.BadRequest)]
    public async Task Only_allowed_hosts_are_answered(string? allowed, string host, HttpStatusCode expected)
    {
        var service = new TestService(allowed is null ? [] : [$"--AllowedHosts={allowed}"]);

        var response = await SendAsync(service, HttpMethod.Get, request => request.Headers.Host = host, "/alive");

        response.StatusCode.ShouldBe(expected);
    }

    [Theory]
    [InlineData("/alive")]
    [InlineData("/nowhere")]
    [InlineData("/broken")]
    public async Task Every_answer_carries_the_security_headers(string path)
    {
        var service = new TestService
        {
            Map = app =>
            {
                app.UseExceptionHandler(handler => handler.Run(context => Results.Problem().ExecuteAsync(context)));
                app.MapGet("/broken", string () => throw new InvalidOperationException());
            },
        };

        var response = await SendAsync(service, HttpMethod.Get, _ => { }, path);

        response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        response.Headers.GetValues("Content-Security-Policy").ShouldBe(["default-src 'none'; frame-ancestors 'none'"]);
        response.Headers.GetValues("X-Frame-Options").ShouldBe(["DENY"]);
        response.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
        response.Headers.Contains("Server").ShouldBeFalse();
    }

    [Theory]
    [InlineData(null, null, HttpStatusCode.Forbidden)]
    [InlineData("", null, HttpStatusCode.Forbidden)]
    [InlineData("tests", "http://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("tests", "null", HttpStatusCode.Forbidden)]
    [InlineData("tests", null, HttpStatusCode.OK)]
    public async Task What_changes_something_asks_for_a_header_that_a_foreign_page_cannot_send(string? client, string? origin, HttpStatusCode expected)
    {
        var changes = 0;
        var service = new TestService { Map = app => app.MapPost("/change", () => ++changes).RequireClientHeader() };

        var response = await SendAsync(
            service,
            HttpMethod.Post,
            request =>
            {
                if (client is not null)
                    request.Headers.TryAddWithoutValidation(ClientHeader.Name, client);
                if (origin is not null)
                    request.Headers.TryAddWithoutValidation("Origin", origin);
            },
            "/change");

        response.StatusCode.ShouldBe(expected);
        changes.ShouldBe(expected is HttpStatusCode.OK ? 1 : 0);
    }

    [Fact]
    public async Task A_page_of_the_same_origin_may_change_something()
    {
        var service = new TestService { Map = app => app.MapPost("/change", () => "done").RequireClientHeader() };

        var response = await SendAsync(
            service,
            HttpMethod.Post,
            request =>
            {
                request.Headers.Add(ClientHeader.Name, "tests");
                request.Headers.Add("Origin", $"{request.RequestUri!.GetLeftPart(UriPartial.Authority)}");
            },
            "/change");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<HttpResponseMessage> SendAsync(TestService service, HttpMethod method, Action<HttpRequestMessage> edit, string path)
    {
        HttpResponseMessage? response = null;
        var exitCode = await service.RunAsync(async address =>
        {
            using var client = new HttpClient();
            using var request = new HttpRequestMessage(method, new Uri(address, path));
            edit(request);
            response = await client.SendAsync(request, Cancellation);
        });
        exitCode.ShouldBe(0);
        return response.ShouldNotBeNull();
    }
}
