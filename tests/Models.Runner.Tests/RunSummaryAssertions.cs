using Models.Engine;

namespace Models.Runner.Tests;

internal static class RunSummaryAssertions
{
    public static NodeResult Of(this RunSummary summary, string name) => summary.Results.Single(r => r.Node.Name == name);

    /// <summary>Fails with what went wrong rather than with a count.</summary>
    public static RunSummary ShouldSucceed(this RunSummary summary)
    {
        string.Join('\n', summary.Results.Where(r => r.Status is NodeStatus.Error or NodeStatus.Fail or NodeStatus.Skipped)
            .Select(r => $"{r.Node}: {r.Message}")).ShouldBe("");
        return summary;
    }
}
