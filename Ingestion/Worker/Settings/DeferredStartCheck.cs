using ServiceDefaults;

namespace Ingestion.Worker.Settings;

/// <summary>A start check that is made when its turn comes: those before it tell in one line what it could not be made without.</summary>
internal sealed class DeferredStartCheck<T>(IServiceProvider services) : IStartCheck
    where T : class, IStartCheck
{
    public Task CheckAsync(CancellationToken cancellationToken) => services.GetRequiredService<T>().CheckAsync(cancellationToken);
}
