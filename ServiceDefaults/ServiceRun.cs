using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ServiceDefaults;

/// <summary>Runs a service to its exit code.</summary>
public static partial class ServiceRun
{
    /// <summary>
    /// Runs the start checks, then the host until it stops. The result is <see cref="Environment.ExitCode"/>, or 1 when the start
    /// or a background service failed; a <see cref="ServiceException"/> is logged as one line, anything else whole.
    /// </summary>
    /// <example><c>return await app.RunServiceAsync();</c></example>
    public static async Task<int> RunServiceAsync(this IHost host, CancellationToken cancellationToken = default)
    {
        var logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Service");
        try
        {
            foreach (var check in host.Services.GetServices<IStartCheck>())
                await check.CheckAsync(cancellationToken);

            // hosted services may rely on what was checked, so they are made after it
            var background = host.Services.GetServices<IHostedService>().OfType<BackgroundService>().ToList();
            await StartAndWaitAsync(host, cancellationToken);
            return Faults(background).Aggregate(Environment.ExitCode, (_, fault) => Explain(logger, fault));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return Explain(logger, e);
        }
        finally
        {
            if (host is IAsyncDisposable disposable)
                await disposable.DisposeAsync();
            else
                host.Dispose();
        }
    }

    private static async Task StartAndWaitAsync(IHost host, CancellationToken cancellationToken)
    {
        try
        {
            await host.StartAsync(cancellationToken);
            await host.WaitForShutdownAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // told to stop, or a background service failed, before all of it had started
        }
    }

    private static IEnumerable<Exception> Faults(IEnumerable<BackgroundService> services) =>
        services.Select(service => service.ExecuteTask?.Exception?.InnerException).OfType<Exception>();

    private static int Explain(ILogger logger, Exception e)
    {
        switch (e)
        {
            case ServiceException:
                LogReason(logger, e.Message);
                break;
            case IOException { InnerException: AddressInUseException }:
                LogReason(logger, $"{e.Message} Stop the program that uses the port, or choose another one.");
                break;
            case OptionsValidationException options:
                LogReason(logger, string.Join("; ", options.Failures));
                break;
            default:
                LogFault(logger, e);
                break;
        }

        return 1;
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Reason}")]
    private static partial void LogReason(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The service ended unexpectedly")]
    private static partial void LogFault(ILogger logger, Exception fault);
}
