using Models.Project.Graph;

namespace Models.Database;

/// <summary>The batches of a microbatch model that were built, and those that failed: <c>retry</c> builds the latter.</summary>
public sealed record BatchResults(IReadOnlyList<TimeRange> Successful, IReadOnlyList<TimeRange> Failed);
