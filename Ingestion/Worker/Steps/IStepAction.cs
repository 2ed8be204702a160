using Ingestion.Worker.Definitions;
using Ingestion.Worker.History;

namespace Ingestion.Worker.Steps;

/// <summary>Does what steps of some kinds do.</summary>
internal interface IStepAction
{
    IReadOnlyList<StepKind> Kinds { get; }

    /// <exception cref="PipelineException">It failed for a reason that its user can mend.</exception>
    Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken);
}

/// <summary>One attempt at a step.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Step">The step.</param>
/// <param name="Run">The run that it is part of.</param>
/// <param name="Logger">Takes what it says; the run's history keeps it too.</param>
internal sealed record StepContext(PipelineDefinition Pipeline, PipelineStep Step, PipelineRun Run, ILogger Logger);

/// <summary>What a step did.</summary>
/// <param name="Rows">Rows that were loaded.</param>
/// <param name="Quarantined">Records that were put into the quarantine.</param>
internal sealed record StepResult(long Rows = 0, long Quarantined = 0);
