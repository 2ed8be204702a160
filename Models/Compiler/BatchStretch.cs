namespace Models.Compiler;

/// <summary>One batch of a microbatch model. Source: docs.getdbt.com/docs/build/incremental-microbatch.</summary>
/// <param name="Id">Its start, as short as its size allows: <c>20260131</c> for a day.</param>
/// <param name="Start">The first moment, UTC.</param>
/// <param name="End">The moment after the last, UTC.</param>
public sealed record BatchStretch(string Id, DateTime Start, DateTime End);
