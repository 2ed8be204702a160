using Ingestion.Worker.History;
using Ingestion.Worker.Telemetry;
using Models.Diagnostics;
using Npgsql;

namespace Ingestion.Worker.Pipelines;

/// <summary>Runs a pipeline's steps one after the other, and writes down how it ended.</summary>
internal sealed class PipelineRunner(IngestStep ingest, ModelStep models, RunHistory history, TimeProvider time, ILogger<PipelineRunner> logger)
{
    /// <summary>Runs once; never throws but for cancellation: how it ended is in the result.</summary>
    public async Task<PipelineRun> RunAsync(PipelineDefinition pipeline, CancellationToken cancellationToken)
    {
        using var activity = IngestionTelemetry.Source.StartActivity("pipeline");
        activity?.SetTag("leadline.pipeline", pipeline.Name);
        Log.Started(logger, pipeline.Name);
        var run = new PipelineRun(Guid.CreateVersion7(), pipeline.Name, time.GetUtcNow());
        try
        {
            await TimeAsync(pipeline, "ingest", async () =>
            {
                var (rows, quarantined) = await ingest.RunAsync(pipeline, cancellationToken);
                run = run with { Rows = rows, Quarantined = quarantined };
            });
            await TimeAsync(pipeline, "models", () => models.RunAsync(pipeline, cancellationToken));
            run = run with { Status = RunStatus.Succeeded };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            run = run with { Status = RunStatus.Cancelled };
        }
        catch (Exception exception) when (exception is DiagnosticException or PipelineException or NpgsqlException)
        {
            run = run with { Status = RunStatus.Failed, Reason = Explain(exception) };
        }

        run = run with { FinishedAt = time.GetUtcNow() };
        await EndAsync(run);
        return run;
    }

    private async Task TimeAsync(PipelineDefinition pipeline, string step, Func<Task> action)
    {
        using var activity = IngestionTelemetry.Source.StartActivity(step);
        var started = time.GetTimestamp();
        await action();
        Log.StepDone(logger, pipeline.Name, step, time.GetElapsedTime(started).TotalSeconds);
    }

    private async Task EndAsync(PipelineRun run)
    {
        var elapsed = (run.FinishedAt ?? run.StartedAt) - run.StartedAt;
        IngestionTelemetry.RunEnded(run.Pipeline, run.Status.ToString(), elapsed);
        switch (run.Status)
        {
            case RunStatus.Succeeded:
                Log.Done(logger, run.Pipeline, elapsed.TotalSeconds, run.Rows, run.Quarantined);
                break;
            case RunStatus.Cancelled:
                Log.Cancelled(logger, run.Pipeline);
                break;
            default:
                Log.Failed(logger, run.Pipeline, run.Reason);
                break;
        }

        // a run is written down however it ended, the service's stop included
        await history.AddAsync(run, CancellationToken.None);
    }

    private static string Explain(Exception exception) => exception switch
    {
        PostgresException refused => $"the server refused: {refused.MessageText} ({refused.SqlState}); nothing of the failed step was kept",
        NpgsqlException lost => $"the server was lost: {lost.InnerException?.Message ?? lost.Message}; nothing of the failed step was kept, run the pipeline again when it is back",
        _ => exception.Message,
    };
}
