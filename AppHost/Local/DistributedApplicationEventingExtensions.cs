namespace Aspire.Hosting;

public static class DistributedApplicationEventingExtensions
{
    /// <summary>Those who wait for the resource wait for the callback too.</summary>
    public static IResourceBuilder<T> OnResourceReady<T>(
        this IResourceBuilder<T> builder, Func<T, ResourceReadyEvent, CancellationToken, Task> callback)
        where T : IResource =>
        builder.WithAnnotation(new ResourceReadyAnnotation((e, cancellationToken) => callback(builder.Resource, e, cancellationToken)));
}
