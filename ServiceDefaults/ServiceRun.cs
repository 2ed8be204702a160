using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ServiceDefaults;

/// <summary>Runs a service to its exit code.</summary>
public static partial class ServiceRun
{
    /// <summary>
    /// Runs until the host stops. The result is <see cref="Environment.ExitCode"/>, or 1 after a <see cref="ServiceException"/>,
    /// which is logged as one line.
    /// </summary>
    /// <example><c>return await app.RunServiceAsync();</c></example>
    public static async Task<int> RunServiceAsync(this IHost host, CancellationToken cancellationToken = default)
    {
        var logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Service");
        try
        {
            await host.RunAsync(cancellationToken);
            return Environment.ExitCode;
        }
        catch (ServiceException e)
        {
            LogEnded(logger, e.Message);
            return 1;
        }
        catch (IOException e) when (e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            LogEnded(logger, $"{e.Message} Stop the program that uses the port, or choose another one.");
            return 1;
        }
        finally
        {
            // flushes the console's queue
            if (host is IAsyncDisposable disposable)
                await disposable.DisposeAsync();
            else
                host.Dispose();
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Reason}")]
    private static partial void LogEnded(ILogger logger, string reason);
}
