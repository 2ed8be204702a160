using Ingestion.Worker.Telemetry;
using Quartz;

namespace Ingestion.Worker.Scheduling;

/// <summary>Tells in one line what goes wrong with the schedule; Quartz's own log has whole stacks.</summary>
internal sealed class SchedulerErrors(ILogger<SchedulerErrors> logger) : ISchedulerListener
{
    public ValueTask SchedulerError(IScheduler scheduler, SchedulerErrorContext context, CancellationToken cancellationToken = default)
    {
        Log.ScheduleFailed(logger, (context.Exception?.GetBaseException().Message ?? context.Message).ReplaceLineEndings(" "));
        return ValueTask.CompletedTask;
    }
}
