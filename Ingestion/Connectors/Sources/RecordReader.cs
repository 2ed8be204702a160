using Models.Contracts;
using Models.Diagnostics;

namespace Ingestion.Connectors.Sources;

/// <summary>
/// Reads a source's records one by one, each as texts in the order of the contract's fields. The properties of the current record are valid until the
/// next <see cref="ReadAsync"/>.
/// </summary>
public abstract class RecordReader : IAsyncDisposable
{
    /// <summary>The contract used for reading, including columns added to it if it allows that.</summary>
    public abstract Contract Contract { get; }

    /// <summary>The source's name in messages and in <c>meta_source_file</c>: the contract's file, or the table.</summary>
    public abstract string SourceName { get; }

    /// <summary>A hash of the whole content, known before the first record is read: the same content is the same batch.</summary>
    public abstract string ContentHash { get; }

    /// <summary>The amount read so far, in the unit of <see cref="Length"/>.</summary>
    public abstract long Position { get; }

    /// <summary>The total amount to read; null if unknown.</summary>
    public abstract long? Length { get; }

    /// <summary>The line at which the current record starts, or its number, from 1.</summary>
    public abstract long Line { get; }

    /// <summary>The position of the current record, for messages.</summary>
    public abstract SourceSpan Span { get; }

    /// <summary>An error of the whole current record; its fields must not be read then.</summary>
    public abstract string? Problem { get; }

    /// <summary>The original text of the current record.</summary>
    public abstract string RawText { get; }

    /// <summary>The current record as JSON, for a source of JSON records; null for another source, and for a record that is not valid JSON.</summary>
    public virtual string? JsonRecord => null;

    /// <summary>The current record's text for a field, by its index in the contract; null if it has none.</summary>
    public abstract string? this[int field] { get; }

    /// <summary>
    /// The text of <see cref="this[int]"/>, which a reader that holds its record in a buffer gives without creating a string; empty if the record has
    /// none. Valid until the next call.
    /// </summary>
    public virtual ReadOnlySpan<char> TextOf(int field) => this[field];

    /// <summary>False if a quarantined record must not be loaded later, because newer changes of the same row may have been loaded since.</summary>
    public virtual bool CanRetry => true;

    /// <returns>False at the end.</returns>
    /// <exception cref="DiagnosticException">The source cannot be read further.</exception>
    public abstract ValueTask<bool> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Throws if the source changed while it was read.</summary>
    public virtual void CheckUnchanged()
    {
    }

    public abstract ValueTask DisposeAsync();
}
