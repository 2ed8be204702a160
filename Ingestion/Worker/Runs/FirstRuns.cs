using System.Collections.Concurrent;
using Ingestion.Worker.Definitions;
using Ingestion.Worker.History;
using Npgsql;

namespace Ingestion.Worker.Runs;

/// <summary>Waits for runs to end, whichever worker does them.</summary>
internal sealed class FirstRuns(RunHistory history, TimeProvider time)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a server may be away: one that breaks down needs some seconds until it takes connections again.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<Guid, TaskCompletionSource<PipelineRun>> _awaited = new();

    /// <summary>Says that a run of this worker has ended.</summary>
    public void Ended(PipelineRun run)
    {
        if (_awaited.TryGetValue(run.Id, out var awaited))
            awaited.TrySetResult(run);
    }

    /// <summary>Returns the run as it ended.</summary>
    /// <exception cref="NpgsqlException">The server was lost, and has not come back for half a minute.</exception>
    public async Task<PipelineRun> WaitAsync(PipelineDefinition pipeline, PipelineRun run, CancellationToken cancellationToken)
    {
        var here = _awaited.GetOrAdd(run.Id, _ => new TaskCompletionSource<PipelineRun>(TaskCreationOptions.RunContinuationsAsynchronously));
        var lastAnswer = time.GetTimestamp();
        try
        {
            while (true)
            {
                if (await Task.WhenAny(here.Task, Task.Delay(s_pause, time, cancellationToken)) == here.Task)
                    return await here.Task;

                cancellationToken.ThrowIfCancellationRequested();
                try
                {
                    if (await history.FindAsync(pipeline.Name, run.Id, cancellationToken) is { FinishedAt: not null } ended)
                        return ended;

                    lastAnswer = time.GetTimestamp();
                }
                catch (NpgsqlException) when (time.GetElapsedTime(lastAnswer) < s_patience)
                {
                    // it may come back; the run is marked as interrupted then
                }
            }
        }
        finally
        {
            _awaited.TryRemove(run.Id, out _);
        }
    }
}
