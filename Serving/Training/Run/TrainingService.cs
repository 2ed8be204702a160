using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Serving.Training.Failures;
using Serving.Training.Telemetry;

namespace Serving.Training.Run;

/// <summary>Trains once and ends the process: exit code 0 when every prediction has a champion, 1 and one line otherwise.</summary>
internal sealed class TrainingService(TrainingRuns runs, IHostApplicationLifetime lifetime, ILogger<TrainingService> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await runs.RunAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            Log.Cancelled(logger);
            Environment.ExitCode = 1;
        }
        catch (Exception exception) when (exception is TrainingException or NpgsqlException)
        {
            Log.Failed(logger, exception.Message);
            Environment.ExitCode = 1;
        }

        lifetime.StopApplication();
    }
}
