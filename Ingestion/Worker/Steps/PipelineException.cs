namespace Ingestion.Worker.Steps;

/// <summary>Ends a step for a reason that its user can mend; the message is one line.</summary>
internal sealed class PipelineException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What of the data failed, where the step knows.</summary>
    public IReadOnlyList<FailedCheck> Failures { get; init; } = [];
}

/// <summary>A dataset that is not what it should be.</summary>
/// <param name="Dataset">The model, source or table.</param>
/// <param name="Check">The test; empty where it could not be built at all.</param>
/// <param name="Message">What was found, one line.</param>
internal sealed record FailedCheck(string Dataset, string Check, string Message);
