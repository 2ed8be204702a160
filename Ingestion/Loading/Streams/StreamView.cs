namespace Ingestion.Loading.Streams;

/// <summary>The state of a stream.</summary>
/// <param name="Table">Its table in schema raw.</param>
/// <param name="Source">The file, if its contract names several; otherwise empty.</param>
/// <param name="Mode">The sync mode.</param>
/// <param name="Cursor">The largest loaded cursor; null if the mode has none.</param>
/// <param name="BatchId">The load that wrote the state.</param>
/// <param name="UpdatedAt">The end of that load.</param>
public sealed record StreamView(string Table, string Source, string Mode, string? Cursor, Guid BatchId, DateTimeOffset UpdatedAt);
