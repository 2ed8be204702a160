using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Models.Postgres;
using Models.Postgres.Clusters;
using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using ServiceDefaults.Warehouse;

namespace ServiceDefaults.Tests;

/// <summary>What a service exports, read from an exporter in memory. Activities belong to the process: no other service may run in it meanwhile.</summary>
[Collection(nameof(Alone))]
public sealed class TelemetryTests
{
    private static readonly ActivitySource s_ourSource = new("Leadline.Test");
    private static readonly ActivitySource s_foreignSource = new("Somebody.Else");
    private static readonly Meter s_ourMeter = new("Leadline.Test");

    private readonly List<Activity> _spans = [];
    private readonly List<MetricSnapshot> _metrics = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_is_a_span_with_method_route_and_status()
    {
        await RunAsync(Service(), "/things/7");

        var span = _spans.Single(span => span.Kind is ActivityKind.Server);
        span.DisplayName.ShouldBe("GET /things/{id}");
        span.GetTagItem("http.request.method").ShouldBe("GET");
        span.GetTagItem("http.route").ShouldBe("/things/{id}");
        span.GetTagItem("http.response.status_code").ShouldBe(202);
        span.GetTagItem("url.path").ShouldBe("/things/7");
    }

    [Fact]
    public async Task Our_own_sources_are_exported_below_the_request_and_others_are_not()
    {
        await RunAsync(Service(), "/things/7");

        var request = _spans.Single(span => span.Kind is ActivityKind.Server);
        _spans.Single(span => span.Source.Name == "Leadline.Test").ParentSpanId.ShouldBe(request.SpanId);
        _spans.ShouldNotContain(span => span.Source.Name == "Somebody.Else");
    }

    [Fact]
    public async Task Health_polls_leave_no_span_of_their_own_or_of_the_statements_they_run()
    {
        await using var server = await PostgresServer.StartAsync(new PostgresServerOptions(), Cancellation);
        var service = Service($"--ConnectionStrings:warehouse={server.ConnectionString()}");
        service.Builder.AddWarehouse();

        await RunAsync(service, "/health", "/alive", "/health");

        _spans.Select(span => $"{span.Source.Name} {span.DisplayName} {span.GetTagItem("db.query.text")}").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_statement_is_a_span_below_the_request_that_ran_it()
    {
        await using var server = await PostgresServer.StartAsync(new PostgresServerOptions(), Cancellation);
        var service = Service($"--ConnectionStrings:warehouse={server.ConnectionString()}");
        service.Builder.AddWarehouse();
        service.Map += app => app.MapGet("/rows", async (NpgsqlDataSource source) =>
        {
            await using var command = source.CreateCommand("select 42");
            return (int)(await command.ExecuteScalarAsync(Cancellation))!;
        });

        await RunAsync(service, "/rows");

        var request = _spans.Single(span => span.Kind is ActivityKind.Server);
        _spans.ShouldContain(span => span.Source.Name == "Npgsql" && span.TraceId == request.TraceId);
    }

    [Fact]
    public async Task Metrics_of_requests_of_the_runtime_and_of_our_meters_are_exported()
    {
        await RunAsync(Service(), "/things/7", "/health");

        var names = _metrics.Select(metric => metric.Name).ToHashSet();
        names.ShouldContain("leadline.test.things");
        names.ShouldContain("dotnet.gc.collections");
        var requests = _metrics.Last(metric => metric.Name == "http.server.request.duration");
        var routes = requests.MetricPoints.Select(Route).ToList();
        routes.ShouldBe(["/things/{id}"], "health polls are not requests of a client");
    }

    private static string? Route(MetricPoint point)
    {
        foreach (var tag in point.Tags)
        {
            if (tag.Key == "http.route")
                return (string?)tag.Value;
        }

        return null;
    }

    private TestService Service(params string[] settings)
    {
        var service = new TestService(settings);
        service.Builder.Services.AddOpenTelemetry()
            .WithTracing(traces => traces.SetSampler(new ParentBasedSampler(new AlwaysOnSampler())).AddInMemoryExporter(_spans))
            .WithMetrics(metrics => metrics.AddInMemoryExporter(_metrics));
        var things = s_ourMeter.CreateCounter<long>("leadline.test.things");
        service.Map = app => app.MapGet("/things/{id}", (int id) =>
        {
            using var ours = s_ourSource.StartActivity("find");
            using var foreign = s_foreignSource.StartActivity("find");
            things.Add(1);
            return Results.Accepted();
        });
        return service;
    }

    private static async Task RunAsync(TestService service, params string[] paths) =>
        (await service.RunAsync(async address =>
        {
            // the client stands for another process: its own spans are not the service's
            using var unseen = SuppressInstrumentationScope.Begin();
            using var client = new HttpClient { BaseAddress = address };
            foreach (var path in paths)
                (await client.GetAsync(path, Cancellation)).IsSuccessStatusCode.ShouldBeTrue(path);
        })).ShouldBe(0);
}

[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
