namespace Aspire.Hosting.ApplicationModel;

/// <summary>Knows the state of every resource, and lets others wait for one.</summary>
public sealed class ResourceNotificationService
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ResourceEvent> _current = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task PublishUpdateAsync(IResource resource, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            var before = _current.TryGetValue(resource.Name, out var known) ? known.Snapshot : new CustomResourceSnapshot();
            _current[resource.Name] = new ResourceEvent(resource, resource.Name, stateFactory(before));
            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
        return Task.CompletedTask;
    }

    public async Task<ResourceEvent> WaitForResourceAsync(
        string resourceName, Func<ResourceEvent, bool> predicate, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_current.TryGetValue(resourceName, out var known) && predicate(known))
                    return known;

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    public Task WaitForResourceAsync(string resourceName, string? targetState = null, CancellationToken cancellationToken = default) =>
        WaitForResourceAsync(resourceName, e => e.Snapshot.State?.Text == (targetState ?? KnownResourceStates.Running), cancellationToken);

    /// <exception cref="DistributedApplicationException">The resource ended instead.</exception>
    public async Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default)
    {
        var reached = await WaitForResourceAsync(resourceName, e => e.Snapshot.IsReady || IsOver(e), cancellationToken);
        return reached.Snapshot.IsReady
            ? reached
            : throw new DistributedApplicationException($"'{resourceName}' ended before it was healthy.");
    }

    internal static bool IsOver(ResourceEvent e) => KnownResourceStates.TerminalStates.Contains(e.Snapshot.State?.Text);
}
