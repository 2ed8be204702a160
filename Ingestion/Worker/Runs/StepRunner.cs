using System.Collections.Frozen;
using Ingestion.Worker.Definitions;
using Ingestion.Worker.History;
using Ingestion.Worker.Steps;
using Ingestion.Worker.Telemetry;
using Models.Diagnostics;
using Npgsql;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Ingestion.Worker.Runs;

/// <summary>Runs one step of a run to its end: its attempts, each within its time, with growing pauses between them.</summary>
internal sealed class StepRunner(IEnumerable<IStepAction> actions, RunHistory history, TimeProvider time, ILogger<StepRunner> logger)
{
    private static readonly TimeSpan s_longestPause = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_logPause = TimeSpan.FromSeconds(2);

    private readonly FrozenDictionary<StepKind, IStepAction> _actions = actions.SelectMany(a => a.Kinds, KeyValuePair.Create)
        .ToFrozenDictionary(p => p.Value, p => p.Key);

    /// <summary>Never throws: how it ended is in the result.</summary>
    public async Task<StepOutcome> RunAsync(PipelineDefinition pipeline, PipelineStep step, PipelineRun run, CancellationToken cancellationToken)
    {
        using var activity = IngestionTelemetry.Source.StartActivity(step.Name);
        var log = new RunLogger(logger, step.Name, time);
        var context = new StepContext(pipeline, step, run, log);
        var started = time.GetUtcNow();
        var ended = new RunStep(step.Name, Kind(step), RunStatus.Succeeded) { StartedAt = started };
        using var done = new CancellationTokenSource();
        var writing = WriteLogsAsync(run, log, done.Token);
        IReadOnlyList<FailedCheck> failures = [];
        try
        {
            var result = await Attempts(step, context).ExecuteAsync(async token => await AttemptAsync(context, log, token), cancellationToken);
            ended = ended with { Rows = result.Rows, Quarantined = result.Quarantined };
            Log.StepDone(log, pipeline.Name, step.Name, (time.GetUtcNow() - started).TotalSeconds);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            ended = ended with { Status = RunStatus.Cancelled };
        }
        catch (Exception exception)
        {
            ended = ended with { Status = step.OnlyReports ? RunStatus.Warned : RunStatus.Failed, Reason = Explain(exception, step) };
            failures = (exception as PipelineException)?.Failures ?? [];
            if (step.OnlyReports)
                Log.StepWarned(log, pipeline.Name, step.Name, ended.Reason);
            if (!IsExpected(exception))
                Log.StepBroke(log, pipeline.Name, step.Name, exception);
        }

        await done.CancelAsync();
        await writing;
        ended = ended with { FinishedAt = time.GetUtcNow() };
        await history.EndStepAsync(run.Id, ended);
        return new StepOutcome(ended, failures);
    }

    /// <summary>A step's kind as the pipeline's file writes it.</summary>
    public static string Kind(PipelineStep step) => step.Kind.ToString().ToLowerInvariant();

    private async Task<StepResult> AttemptAsync(StepContext context, RunLogger log, CancellationToken cancellationToken)
    {
        var (run, step) = (context.Run, context.Step);
        var attempt = new RunAttempt(log.Attempt, RunStatus.Succeeded, time.GetUtcNow(), FinishedAt: null, Reason: "");
        await history.BeginAttemptAsync(run.Id, step.Name, Kind(step), attempt.Attempt, attempt.StartedAt);
        try
        {
            return await _actions[step.Kind].RunAsync(context, cancellationToken);
        }
        catch (Exception exception)
        {
            attempt =
                attempt with { Status = exception is OperationCanceledException ? RunStatus.Cancelled : RunStatus.Failed, Reason = Explain(exception, step) };
            throw;
        }
        finally
        {
            await history.EndAttemptAsync(run.Id, step.Name, attempt with { FinishedAt = time.GetUtcNow() });
        }
    }

    private ResiliencePipeline Attempts(PipelineStep step, StepContext context)
    {
        var attempts = new ResiliencePipelineBuilder { TimeProvider = time };
        if (step.Retries > 0)
        {
            attempts.AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = step.Retries,
                Delay = step.Backoff,
                MaxDelay = s_longestPause,
                BackoffType = DelayBackoffType.Exponential,
                ShouldHandle = args => ValueTask.FromResult(
                    args.Outcome.Exception is { } e && (e is not OperationCanceledException || !args.Context.CancellationToken.IsCancellationRequested)),
                OnRetry = args =>
                {
                    var log = (RunLogger)context.Logger;
                    Log.StepRetried(log, context.Pipeline.Name, step.Name, log.Attempt, step.Retries + 1, args.RetryDelay.TotalSeconds, Explain(
                        args.Outcome.Exception!, step));
                    log.Attempt++;
                    return ValueTask.CompletedTask;
                },
            });
        }

        if (step.Timeout is { } timeout)
            attempts.AddTimeout(new TimeoutStrategyOptions { Timeout = timeout });
        return attempts.Build();
    }

    private async Task WriteLogsAsync(PipelineRun run, RunLogger log, CancellationToken done)
    {
        while (!done.IsCancellationRequested)
        {
            await Task.Delay(s_logPause, time, done).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await history.AddLogsAsync(run.Id, log.Take());
        }
    }

    private static bool IsExpected(Exception exception) =>
        exception is PipelineException or DiagnosticException or NpgsqlException or TimeoutRejectedException or HttpRequestException;

    private static string Explain(Exception exception, PipelineStep step) => exception switch
    {
        PostgresException refused => $"the server refused: {refused.MessageText} ({refused.SqlState}); nothing of the failed step was kept",
        NpgsqlException lost =>
            $"the server was lost: {lost.InnerException?.Message ?? lost.Message}; nothing of the failed step was kept, run the pipeline again when it is back",
        TimeoutRejectedException => $"step '{step.Name}' took longer than its timeout of {step.Timeout}",
        OperationCanceledException => "cancelled",
        _ => exception.Message.ReplaceLineEndings(" "),
    };
}
