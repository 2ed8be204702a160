using Ingestion.Worker.History;

namespace Ingestion.Worker.Steps;

/// <summary>How a step ended.</summary>
/// <param name="Step">As the history has it.</param>
/// <param name="Failures">What of the data failed, where the step knows.</param>
internal sealed record StepOutcome(RunStep Step, IReadOnlyList<FailedCheck> Failures);
