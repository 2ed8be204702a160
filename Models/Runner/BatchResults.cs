namespace Models.Runner;

/// <summary>Which stretches of event time a microbatch model has built, and which not: <c>retry</c> takes up the latter.</summary>
public sealed record BatchResults(IReadOnlyList<BatchWindow> Successful, IReadOnlyList<BatchWindow> Failed);
