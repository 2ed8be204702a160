using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Models.Postgres.Clusters;

namespace Aspire.Hosting.Running;

/// <summary>
/// Runs every resource once: waits for what it waits for, starts it, sees it become healthy, and sees it end. Nothing is started
/// again. When one fails, or a service ends that nobody expected to end, the application stops with exit code 1.
/// </summary>
internal sealed class Orchestrator(
    DistributedApplicationModel model,
    ProcessStart processes,
    Readiness readiness,
    ResourceNotificationService notifications,
    ResourceConsole console,
    IHostApplicationLifetime lifetime) : IHostedService, IDisposable
{
    private static readonly TimeSpan s_signalDelay = TimeSpan.FromMilliseconds(300);

    private readonly IList<IResource> _resources = model.Resources;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Dictionary<IResource, Task> _runs = [];
    private readonly ConcurrentDictionary<IResource, RunningProcess> _processes = new();

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var endpoint in _resources.SelectMany(resource => resource.Annotations.OfType<EndpointAnnotation>()))
            endpoint.AllocatedPort = endpoint.Port is null or 0 ? FreePort.Find() : endpoint.Port;

        foreach (var resource in _resources)
            _runs[resource] = Task.Run(() => RunAsync(resource, _stopping.Token), CancellationToken.None);

        return Task.CompletedTask;
    }

    /// <summary>Those that need something stop before it does.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        var stops = new Dictionary<IResource, Task>();
        await Task.WhenAll(_resources.Select(Stop));
        await Task.WhenAll(_runs.Values);

        Task Stop(IResource resource) =>
            stops.TryGetValue(resource, out var stop) ? stop : stops[resource] = StopAfterAsync(resource, _resources.Where(r => Needs(r, resource)).Select(Stop).ToList());
    }

    public void Dispose()
    {
        _stopping.Dispose();
        foreach (var process in _processes.Values)
            process.Dispose();
    }

    private static bool Needs(IResource resource, IResource other) =>
        resource.Annotations.OfType<WaitAnnotation>().Any(wait => wait.Resource == other)
        || (resource is IResourceWithParent<IResource> child && child.Parent == other);

    private async Task StopAfterAsync(IResource resource, IReadOnlyList<Task> dependents)
    {
        await Task.WhenAll(dependents);
        if (_processes.TryGetValue(resource, out var process))
            await process.StopAsync();
    }

    private async Task RunAsync(IResource resource, CancellationToken cancellationToken)
    {
        try
        {
            if (!await IsFreeToStartAsync(resource, cancellationToken))
            {
                await PublishAsync(resource, KnownResourceStates.FailedToStart);
                return;
            }

            if (resource is ExecutableResource or ProjectResource)
            {
                await RunProcessAsync(resource, cancellationToken);
                return;
            }

            // a connection string is there when what it is made of is; any other resource is set running by the one it belongs to
            if (resource is ConnectionStringResource)
                await PublishAsync(resource, KnownResourceStates.Running);

            await notifications.WaitForResourceAsync(resource.Name, cancellationToken: cancellationToken);
            await readiness.ReachAsync(resource, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // the application stops
        }
        catch (Exception e)
        {
            await PublishAsync(resource, KnownResourceStates.FailedToStart);
            Fail(e is DistributedApplicationException ? e.Message : $"'{resource.Name}': {e.Message}");
        }
    }

    /// <summary>False when something it waits for has failed, which was said already.</summary>
    private async Task<bool> IsFreeToStartAsync(IResource resource, CancellationToken cancellationToken)
    {
        foreach (var wait in resource.Annotations.OfType<WaitAnnotation>())
        {
            var reached = await notifications.WaitForResourceAsync(
                wait.Resource.Name, e => IsReached(wait, e.Snapshot) || ResourceNotificationService.IsOver(e), cancellationToken);
            if (!IsReached(wait, reached.Snapshot))
                return false;
        }

        return true;
    }

    private static bool IsReached(WaitAnnotation wait, CustomResourceSnapshot snapshot) => wait.WaitType switch
    {
        WaitType.WaitForCompletion => snapshot.State?.Text == KnownResourceStates.Finished && snapshot.ExitCode == wait.ExitCode,
        WaitType.WaitUntilHealthy => snapshot.IsReady,
        _ => snapshot.State?.Text == KnownResourceStates.Running,
    };

    private async Task RunProcessAsync(IResource resource, CancellationToken cancellationToken)
    {
        await PublishAsync(resource, KnownResourceStates.Starting);
        var process = await processes.StartAsync(resource, cancellationToken);
        _processes[resource] = process;
        await PublishAsync(resource, KnownResourceStates.Running);

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ready = readiness.ReachAsync(resource, ended.Token);
        var exit = process.WaitAsync();

        // a readiness callback that fails ends the application like a process that does
        if (await Task.WhenAny(ready, exit) == ready && !cancellationToken.IsCancellationRequested)
            await ready;

        var exitCode = await exit;
        await ended.CancelAsync();
        await notifications.PublishUpdateAsync(resource, snapshot => snapshot with
        {
            State = KnownResourceStates.Finished,
            ExitCode = exitCode,
            IsReady = false,
        });

        if (!IsExpectedToEnd(resource, exitCode) && !await IsStoppingAsync())
            Fail($"'{resource.Name}' ended with exit code {exitCode}; what it said is above. Everything is stopped.");
    }

    /// <summary>Ctrl-C reaches every process of the terminal at once, and a service may be quicker to end than this host to hear of it.</summary>
    private async Task<bool> IsStoppingAsync()
    {
        await Task.WhenAny(Task.Delay(s_signalDelay), Task.Delay(Timeout.Infinite, lifetime.ApplicationStopping));
        return lifetime.ApplicationStopping.IsCancellationRequested;
    }

    private bool IsExpectedToEnd(IResource resource, int exitCode) => _resources
        .SelectMany(other => other.Annotations.OfType<WaitAnnotation>())
        .Any(wait => wait.Resource == resource && wait.WaitType == WaitType.WaitForCompletion && wait.ExitCode == exitCode);

    private Task PublishAsync(IResource resource, string state) =>
        notifications.PublishUpdateAsync(resource, snapshot => snapshot with { State = state });

    private void Fail(string message)
    {
        console.WriteError(message);
        Environment.ExitCode = 1;
        lifetime.StopApplication();
    }
}
