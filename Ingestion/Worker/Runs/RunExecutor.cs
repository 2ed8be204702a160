using Ingestion.Worker.Definitions;
using Ingestion.Worker.History;
using Ingestion.Worker.Telemetry;
using Npgsql;

namespace Ingestion.Worker.Runs;

/// <summary>Runs what was asked for of a pipeline, one run after the other, while no other worker does.</summary>
internal sealed class RunExecutor(
    RunQueue queue, PipelineRunner runner, NpgsqlDataSource dataSource, FirstRuns firstRuns, ReadyPipelines ready, ILogger<RunExecutor> logger)
{
    /// <summary>Returns when nothing is left to run, or at once where another worker runs the pipeline.</summary>
    public async Task DrainAsync(PipelineDefinition pipeline, CancellationToken stopping)
    {
        do
        {
            await using var guard = await PipelineLock.TryTakeAsync(dataSource, pipeline.Name, stopping);
            if (guard is null)
                return;

            foreach (var lost in await queue.InterruptAsync(pipeline.Name, stopping))
                Log.Interrupted(logger, pipeline.Name, lost.Id, lost.Worker);

            while (!stopping.IsCancellationRequested && await queue.TakeAsync(pipeline.Name, WorkerName.Value, stopping) is { } run)
            {
                var ended = await runner.RunAsync(pipeline, run, guard, stopping);
                if (ended.Status == RunStatus.Interrupted)
                    return;

                if (ended.Status == RunStatus.Succeeded)
                    ready.Add(pipeline);
                firstRuns.Ended(ended);
            }
        }
        // one that was asked for between the last look and the lock's end found the lock taken
        while (!stopping.IsCancellationRequested && await queue.FindActiveAsync(pipeline.Name, stopping) is { Status: RunStatus.Queued });
    }
}
