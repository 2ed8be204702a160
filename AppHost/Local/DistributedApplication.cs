using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>
/// Runs the resources of an application on this machine. A small namesake of Aspire's class, for package feeds that do not carry
/// Aspire: no dashboard, no proxies, no publishing.
/// </summary>
public sealed class DistributedApplication : IHost, IAsyncDisposable
{
    private readonly IHost _host;

    internal DistributedApplication(IHost host) => _host = host;

    public IServiceProvider Services => _host.Services;

    public ResourceNotificationService ResourceNotifications => Services.GetRequiredService<ResourceNotificationService>();

    public static IDistributedApplicationBuilder CreateBuilder(string[] args) => CreateBuilder(new DistributedApplicationOptions { Args = args });

    public static IDistributedApplicationBuilder CreateBuilder(DistributedApplicationOptions options)
    {
        var builder = new DistributedApplicationBuilder(options);
        return EntryPointRun.Current is { } test ? test.Intercept(builder) : builder;
    }

    public Task StartAsync(CancellationToken cancellationToken = default) => _host.StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken = default) => _host.StopAsync(cancellationToken);

    /// <summary>
    /// Returns when Ctrl-C, SIGTERM or the failure of a resource ended the application; in the last case
    /// <see cref="Environment.ExitCode"/> is 1.
    /// </summary>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        // a test starts and stops the application itself
        if (EntryPointRun.Current is not null)
        {
            await _host.WaitForShutdownAsync(cancellationToken);
            return;
        }

        await HostingAbstractionsHostExtensions.RunAsync(_host, cancellationToken);
    }

    public void Dispose() => _host.Dispose();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
