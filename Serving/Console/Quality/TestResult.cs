namespace Serving.Console.Quality;

/// <summary>The newest result of a test, as leadline.test_results has it.</summary>
/// <param name="Status">pass, warn, fail, error or skipped.</param>
internal sealed record TestResult(string Id, string Status, long? Failures, string? Message, DateTimeOffset CompletedAt, Guid Run)
{
    public bool IsFailing => Status is "fail" or "error";
}

/// <summary>The newest load of a raw table, as ingestion.batches has it.</summary>
public sealed record TableLoad(string Table, string File, long Rows, long Quarantined, DateTimeOffset FinishedAt);

/// <summary>A record that is not what its contract says, as ingestion.quarantine has it.</summary>
internal sealed record QuarantinedRecord(string Table, string File, long Line, string? Field, string Reason, string RawText, DateTimeOffset At);
