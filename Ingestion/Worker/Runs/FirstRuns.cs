using System.Collections.Concurrent;
using Ingestion.Worker.Definitions;
using Ingestion.Worker.History;
using Npgsql;

namespace Ingestion.Worker.Runs;

/// <summary>Waits for runs to end, whichever worker does them.</summary>
internal sealed class FirstRuns(RunHistory history, TimeProvider time)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<Guid, TaskCompletionSource<PipelineRun>> _awaited = new();

    /// <summary>Says that a run of this worker has ended.</summary>
    public void Ended(PipelineRun run)
    {
        if (_awaited.TryGetValue(run.Id, out var awaited))
            awaited.TrySetResult(run);
    }

    /// <summary>Returns the run as it ended.</summary>
    public async Task<PipelineRun> WaitAsync(PipelineDefinition pipeline, PipelineRun run, CancellationToken cancellationToken)
    {
        var here = _awaited.GetOrAdd(run.Id, _ => new TaskCompletionSource<PipelineRun>(TaskCreationOptions.RunContinuationsAsynchronously));
        try
        {
            while (true)
            {
                if (await Task.WhenAny(here.Task, Task.Delay(s_pause, time, cancellationToken)) == here.Task)
                    return await here.Task;

                cancellationToken.ThrowIfCancellationRequested();
                if (await FindEndedAsync(pipeline, run, cancellationToken) is { } ended)
                    return ended;
            }
        }
        finally
        {
            _awaited.TryRemove(run.Id, out _);
        }
    }

    private async Task<PipelineRun?> FindEndedAsync(PipelineDefinition pipeline, PipelineRun run, CancellationToken cancellationToken)
    {
        try
        {
            return await history.FindAsync(pipeline.Name, run.Id, cancellationToken) is { FinishedAt: not null } ended ? ended : null;
        }
        catch (NpgsqlException)
        {
            // a lost server may come back; the run is marked as interrupted then
            return null;
        }
    }
}
