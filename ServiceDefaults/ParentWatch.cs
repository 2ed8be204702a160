using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ServiceDefaults;

/// <summary>
/// Ends the service when the process named by <c>LEADLINE_PARENT_PID</c> ends: a host that is killed hard cannot stop what it
/// started.
/// </summary>
internal sealed partial class ParentWatch(
    IConfiguration configuration, IHostApplicationLifetime lifetime, ILogger<ParentWatch> logger) : BackgroundService
{
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!int.TryParse(configuration["LEADLINE_PARENT_PID"], out var parent))
            return;

        try
        {
            using var process = Process.GetProcessById(parent);
            await process.WaitForExitAsync(stoppingToken);
        }
        catch (ArgumentException)
        {
            // it is gone already
        }

        LogParentGone(logger, parent);
        _ = ExitAfterGraceAsync();
        lifetime.StopApplication();
    }

    /// <summary>Nobody is left who would kill a service that hangs.</summary>
    private static async Task ExitAfterGraceAsync()
    {
        await Task.Delay(s_grace);
        Environment.Exit(1);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The host (process {Parent}) is gone; stopping")]
    private static partial void LogParentGone(ILogger logger, int parent);
}
