using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Serving.Training.Failures;
using Serving.Training.Telemetry;

namespace Serving.Training.Run;

/// <summary>Trains once and ends the process: exit code 0 when a champion stands, 1 and one line otherwise.</summary>
internal sealed class TrainingService(TrainingRun run, IHostApplicationLifetime lifetime, ILogger<TrainingService> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            Report(await run.RunAsync(stoppingToken));
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

    private void Report(TrainingOutcome outcome)
    {
        switch (outcome)
        {
            case TrainingOutcome.Unchanged unchanged:
                Log.Unchanged(logger, unchanged.ChampionVersion);
                break;
            case TrainingOutcome.Promoted promoted:
                Log.Promoted(logger, promoted.Version, promoted.Learner, promoted.Metrics.Auc);
                break;
            case TrainingOutcome.Kept kept:
                Log.Kept(logger, kept.ChampionVersion, kept.Verdict);
                break;
        }
    }
}
