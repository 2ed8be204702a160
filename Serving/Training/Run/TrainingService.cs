using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Serving.Training.Configuration;
using Serving.Training.Failures;
using Serving.Training.Telemetry;

namespace Serving.Training.Run;

/// <summary>
/// Does once what the arguments say and ends the process: exit code 0 when every prediction has a champion, or has been scored; 1 and one line
/// otherwise.
/// </summary>
internal sealed class TrainingService(TrainingRuns runs, string[] arguments, IHostApplicationLifetime lifetime, ILogger<TrainingService> logger)
    : BackgroundService
{
    private string Name => arguments is ["score", ..] ? "Scoring" : "Training";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (TrainingTask.Read(arguments).IsScoring)
                await runs.ScoreAsync(stoppingToken);
            else
                await runs.RunAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            Log.Cancelled(logger, Name);
            Environment.ExitCode = 1;
        }
        catch (Exception exception) when (exception is TrainingException or NpgsqlException)
        {
            Log.Failed(logger, Name, exception.Message);
            Environment.ExitCode = 1;
        }

        lifetime.StopApplication();
    }
}
