namespace Serving.Console.Runs;

/// <summary>A run of a project's models, as leadline.runs has it, with how many of its nodes ended how.</summary>
internal sealed record ModelRun(
    Guid Id, string Project, string Verb, DateTimeOffset StartedAt, TimeSpan Elapsed, bool Success, bool Cancelled, long Nodes, long Failed)
{
    public string Status => Success ? "success" : Cancelled ? "cancelled" : "failed";
}

/// <summary>A node of a model run, as leadline.node_results has it.</summary>
/// <param name="Usual">The median of the runs before; null where there was none.</param>
internal sealed record NodeRun(
    string Id, string Type, string Status, string? Message, DateTimeOffset StartedAt, TimeSpan Elapsed, long? Rows, long? Failures, TimeSpan? Usual)
{
    public bool IsFailed => Status is "error" or "fail" or "partial success";

    public bool IsTest => Type is "test" or "unit_test";
}
