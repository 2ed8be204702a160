using Ingestion.Worker.Definitions;
using Ingestion.Worker.History;
using Ingestion.Worker.Steps;
using Ingestion.Worker.Telemetry;
using Ingestion.Worker.Webhooks;
using Npgsql;

namespace Ingestion.Worker.Runs;

/// <summary>Runs a pipeline's steps, each when those before it have ended, and writes down how the run ended.</summary>
internal sealed class PipelineRunner(
    StepRunner steps,
    RunQueue queue,
    RunHistory history,
    UpstreamHistory upstreams,
    WebhookSender webhooks,
    TimeProvider time,
    ILogger<PipelineRunner> logger)
{
    private static readonly TimeSpan s_watchPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_kept = TimeSpan.FromDays(90);

    /// <summary>
    /// Runs once; how it ended is in the result. A run that lost its lock stays recorded as running: who takes the lock next marks it as
    /// interrupted and asks for it again.
    /// </summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="run">A run that was taken from the queue.</param>
    /// <param name="guard">The pipeline's lock; the run ends when it is lost.</param>
    /// <param name="stopping">The service's end.</param>
    public async Task<PipelineRun> RunAsync(PipelineDefinition pipeline, PipelineRun run, PipelineLock guard, CancellationToken stopping)
    {
        using var activity = IngestionTelemetry.Source.StartActivity("pipeline");
        activity?.SetTag("leadline.pipeline", pipeline.Name);
        Log.Started(logger, pipeline.Name);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var ended = new CancellationTokenSource();
        await upstreams.MarkAsync(pipeline, stopping);
        var watching = WatchAsync(run, guard, cancel, ended.Token);
        List<StepOutcome> outcomes;
        string? lost;
        try
        {
            outcomes = await RunStepsAsync(pipeline, run, cancel.Token);
        }
        finally
        {
            await ended.CancelAsync();
            lost = await watching;
        }

        var failed = outcomes.Find(o => o.Step.Status == RunStatus.Failed);
        // a step may notice before the watch does that the server has ended the sessions, and the lock with them
        if (failed is not null)
            lost ??= await LossOfAsync(guard, run);
        if (lost is not null)
        {
            Log.ServerLost(logger, pipeline.Name, lost);
            return run with { Status = RunStatus.Interrupted, Reason = lost };
        }

        run = run with
        {
            Status = failed is not null ? RunStatus.Failed : cancel.IsCancellationRequested ? RunStatus.Cancelled : RunStatus.Succeeded,
            Reason = failed?.Step.Reason ?? "",
            Rows = outcomes.Sum(o => o.Step.Rows),
            Quarantined = outcomes.Sum(o => o.Step.Quarantined),
            FinishedAt = time.GetUtcNow(),
        };
        await EndAsync(run);
        await webhooks.TellAsync(pipeline, run, outcomes);
        return run;
    }

    private async Task<List<StepOutcome>> RunStepsAsync(PipelineDefinition pipeline, PipelineRun run, CancellationToken cancellationToken)
    {
        var outcomes = await ReuseAsync(pipeline, run);
        var fine = outcomes.Select(o => o.Step.Step).ToHashSet(StringComparer.Ordinal);
        var pending = pipeline.Steps.Where(s => !fine.Contains(s.Name)).ToList();
        var running = new List<Task<StepOutcome>>();
        var isStopped = false;
        while (true)
        {
            while (!isStopped && !cancellationToken.IsCancellationRequested && running.Count < pipeline.Concurrency
                && pending.Find(s => s.After.All(fine.Contains)) is { } next)
            {
                pending.Remove(next);
                running.Add(steps.RunAsync(pipeline, next, run, cancellationToken));
            }

            if (running.Count == 0)
                break;

            var first = await Task.WhenAny(running);
            running.Remove(first);
            var outcome = await first;
            outcomes.Add(outcome);
            if (outcome.Step.Status is RunStatus.Succeeded or RunStatus.Warned)
                fine.Add(outcome.Step.Step);
            else
                isStopped = true;
        }

        foreach (var step in pending)
            await history.EndStepAsync(run.Id, new RunStep(step.Name, StepRunner.Kind(step), RunStatus.Skipped));
        return outcomes;
    }

    /// <summary>What the run that is retried has done already.</summary>
    private async Task<List<StepOutcome>> ReuseAsync(PipelineDefinition pipeline, PipelineRun run)
    {
        if (run.RetryOf is not { } earlier)
            return [];

        var done = await history.StepsAsync(earlier, CancellationToken.None);
        var reused = new List<StepOutcome>();
        foreach (var step in pipeline.Steps)
        {
            if (done.FirstOrDefault(d => d.Step == step.Name && d.Status is RunStatus.Succeeded or RunStatus.Reused) is null)
                continue;

            var kept = new RunStep(step.Name, StepRunner.Kind(step), RunStatus.Reused);
            await history.EndStepAsync(run.Id, kept);
            reused.Add(new StepOutcome(kept, []));
        }

        return reused;
    }

    /// <summary>Ends the run when somebody asks for that, or when the lock is lost: another worker may take the pipeline then.</summary>
    /// <returns>Why the lock is lost; null where it was held to the end.</returns>
    private async Task<string?> WatchAsync(PipelineRun run, PipelineLock guard, CancellationTokenSource cancel, CancellationToken ended)
    {
        try
        {
            while (!ended.IsCancellationRequested && !cancel.IsCancellationRequested)
            {
                await Task.Delay(s_watchPause, time, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (!ended.IsCancellationRequested && await guard.IsCancelRequestedAsync(run.Id, CancellationToken.None))
                    await cancel.CancelAsync();
            }

            return null;
        }
        catch (NpgsqlException exception)
        {
            await cancel.CancelAsync();
            return Explain(exception);
        }
    }

    private static async Task<string?> LossOfAsync(PipelineLock guard, PipelineRun run)
    {
        try
        {
            await guard.IsCancelRequestedAsync(run.Id, CancellationToken.None);
            return null;
        }
        catch (NpgsqlException exception)
        {
            return Explain(exception);
        }
    }

    private static string Explain(NpgsqlException exception) => exception.InnerException?.Message ?? exception.Message;

    private async Task EndAsync(PipelineRun run)
    {
        var elapsed = run.FinishedAt!.Value - (run.StartedAt ?? run.QueuedAt);
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

        try
        {
            // a run is written down however it ended, the service's stop included
            await queue.FinishAsync(run, CancellationToken.None);
            await history.PruneAsync(run.Pipeline, time.GetUtcNow() - s_kept);
        }
        catch (NpgsqlException exception)
        {
            Log.NotRecorded(logger, exception.Message);
        }
    }
}
