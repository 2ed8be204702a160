using System.Diagnostics;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace AppHost.Launch;

/// <summary>
/// Says on the console which resource is ready and which one died. One that ends unasked ends the application with exit code 1; one
/// that is stopped or started again from the dashboard does not, and neither does a job that was started again.
/// </summary>
internal sealed class ResourceWatch(
    DistributedApplicationModel model, ResourceNotificationService notifications, ResourceLoggerService logs, IHostApplicationLifetime lifetime)
    : BackgroundService, IHostedLifecycleService
{
    private const string Dashboard = "aspire-dashboard";

    private static readonly TimeSpan s_logPatience = TimeSpan.FromSeconds(2);

    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly HashSet<string> _ready = [];
    private readonly HashSet<string> _ended = [];
    private readonly Dictionary<string, string?> _states = [];

    /// <summary>Before Aspire starts the resources, which takes until the last of them has waited for the others.</summary>
    public Task StartingAsync(CancellationToken cancellationToken) => base.StartAsync(cancellationToken);

    public override Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var watched = model.Resources.Where(IsWatched).Select(resource => resource.Name).ToHashSet();
        await foreach (var change in notifications.WatchAsync(stoppingToken))
        {
            if (!watched.Contains(change.Resource.Name))
                continue;

            var state = change.Snapshot.State?.Text;
            var before = _states.GetValueOrDefault(change.ResourceId);
            _states[change.ResourceId] = state;
            if (IsReady(change) && _ready.Add(change.Resource.Name))
            {
                var seconds = Stopwatch.GetElapsedTime(_started).TotalSeconds;
                Console.WriteLine($"{change.Resource.Name} is {(IsJob(change) ? "done" : "ready")} after {seconds:0.0} s");
            }

            if (lifetime.ApplicationStopping.IsCancellationRequested)
                return;

            if (state != before && KnownResourceStates.TerminalStates.Contains(state) && before != KnownResourceStates.Stopping)
                await EndedAsync(change, stoppingToken);
        }
    }

    /// <summary>Programs and containers of the topology; not the dashboard, nor what Aspire starts on demand.</summary>
    private static bool IsWatched(IResource resource) =>
        resource is ProjectResource or ExecutableResource or ContainerResource
        && resource is not IResourceWithParent<ProjectResource>
        && resource.Name != Dashboard;

    private static bool IsJob(ResourceEvent change) => change.Resource.HasAnnotationOfType<JobAnnotation>();

    private static bool IsReady(ResourceEvent change) => IsJob(change)
        ? change.Snapshot.State?.Text == KnownResourceStates.Finished && change.Snapshot.ExitCode is 0
        : change.Snapshot.State?.Text == KnownResourceStates.Running && change.Snapshot.HealthStatus == HealthStatus.Healthy;

    private async Task EndedAsync(ResourceEvent change, CancellationToken cancellationToken)
    {
        var isFirstRun = _ended.Add(change.Resource.Name);
        if (IsJob(change) && change.Snapshot.ExitCode is 0)
            return;

        var reason = await LastErrorAsync(change.ResourceId, cancellationToken);
        Console.Error.WriteLine(change.Snapshot.ExitCode is { } code
            ? $"error: '{change.Resource.Name}' ended with exit code {code}{reason}"
            : $"error: '{change.Resource.Name}' ended ({change.Snapshot.State?.Text}){reason}");
        if (IsJob(change) && !isFirstRun)
            return;

        Environment.ExitCode = 1;
        lifetime.StopApplication();
    }

    /// <summary>The last line of the log that is an error, else the last one.</summary>
    private async Task<string> LastErrorAsync(string resourceId, CancellationToken cancellationToken)
    {
        string? last = null, error = null;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(s_logPatience);
        try
        {
            await foreach (var batch in logs.GetAllAsync(resourceId).WithCancellation(patience.Token))
            {
                foreach (var line in batch.Where(line => !string.IsNullOrWhiteSpace(line.Content)))
                {
                    last = line.Content;
                    if (LogText.IsError(line.Content))
                        error = line.Content;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // what was read so far has to do
        }

        return (error ?? last) is { } text ? $": {LogText.Message(text)}" : "";
    }
}
