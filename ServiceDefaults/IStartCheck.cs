namespace ServiceDefaults;

/// <summary>Something a service cannot work without, looked at before it starts.</summary>
public interface IStartCheck
{
    /// <exception cref="ServiceException">It is not there; the message says what to do.</exception>
    Task CheckAsync(CancellationToken cancellationToken);
}
