using Models.Diagnostics;

namespace Ingestion.Loading.Records;

/// <summary>Receives the records that violate their contract.</summary>
internal interface IBadRecords
{
    /// <summary>True if copying must pause, because the records received so far must be written first or exceed a limit.</summary>
    bool IsFull { get; }

    void Add(BadRecord record);
}

/// <summary>A record that violates its contract.</summary>
/// <param name="Span">The position of the record, for messages.</param>
/// <param name="Line">Its line or number.</param>
/// <param name="Field">The invalid field; null if the whole record is invalid.</param>
/// <param name="Reason">The violation.</param>
/// <param name="RawText">The original text of the record.</param>
/// <param name="Stored">The record's fields for a retry (<see cref="StoredRecord"/>); null if it could not be split into fields.</param>
internal sealed record BadRecord(SourceSpan Span, long Line, string? Field, string Reason, string RawText, string? Stored);
