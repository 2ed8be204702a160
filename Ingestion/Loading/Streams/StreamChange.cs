namespace Ingestion.Loading.Streams;

/// <summary>A change of a stream that was requested. The stream's next load applies it in the transaction of its rows.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Table">The stream's table in schema raw.</param>
/// <param name="Kind">The kind of change.</param>
/// <param name="From">The cursor to rewind to, or the first cursor of a backfill, in PostgreSQL's format.</param>
/// <param name="To">The end of a backfill, exclusive.</param>
/// <param name="RequestedAt">When it was requested.</param>
public sealed record StreamChange(long Id, string Table, StreamChangeKind Kind, string? From, string? To, DateTimeOffset RequestedAt);

/// <summary>The kinds of <see cref="StreamChange"/>.</summary>
public enum StreamChangeKind
{
    /// <summary>Deletes all rows and the state; the source is loaded from the start.</summary>
    Reset,

    /// <summary>Sets the cursor back; what is beyond it is loaded again.</summary>
    Rewind,

    /// <summary>Loads a range of cursors again; the state stays.</summary>
    Backfill,
}
