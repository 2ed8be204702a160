using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace ServiceDefaults.Tests;

public sealed class ServiceTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Health_tells_of_every_check_and_alive_of_the_process_alone()
    {
        var service = new TestService();
        service.Builder.Services.AddHealthChecks().AddCheck("work", () => HealthCheckResult.Unhealthy());
        HttpStatusCode health = default, alive = default;

        var exitCode = await service.RunAsync(async address =>
        {
            using var client = new HttpClient { BaseAddress = address };
            health = (await client.GetAsync("/health", Cancellation)).StatusCode;
            alive = (await client.GetAsync("/alive", Cancellation)).StatusCode;
        });

        exitCode.ShouldBe(0);
        health.ShouldBe(HttpStatusCode.ServiceUnavailable);
        alive.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_port_in_use_is_one_clear_line()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var service = new TestService($"--urls=http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}");

        (await service.RunAsync()).ShouldBe(1);

        service.Lines.Single().ShouldContain("address already in use");
    }

    [Fact]
    public async Task A_background_service_that_fails_ends_the_service_with_its_reason()
    {
        var service = new TestService();
        service.Builder.Services.AddHostedService<FailingWork>();

        (await service.RunAsync()).ShouldBe(1);

        service.Lines.ShouldContain("The harvest is spoilt. Sow again.");
    }

    private sealed class FailingWork : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Task.Yield();
            throw new ServiceException("The harvest is spoilt. Sow again.");
        }
    }
}
