using Models.Project.Graph;

namespace Models.Database;

/// <summary>The successful and failed batches of a microbatch model; <c>retry</c> builds the failed ones.</summary>
public sealed record BatchResults(IReadOnlyList<TimeRange> Successful, IReadOnlyList<TimeRange> Failed);
