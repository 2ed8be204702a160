using Models.Contracts;
using Models.Diagnostics;

namespace Ingestion.Connectors.Sources;

/// <summary>
/// A source's records one after another, each as texts in the order of the contract's fields. What is said of the current record
/// is true until the next <see cref="ReadAsync"/>.
/// </summary>
public abstract class RecordReader : IAsyncDisposable
{
    /// <summary>The contract that is read by: with the columns that it was extended by, where it says that columns are added.</summary>
    public abstract Contract Contract { get; }

    /// <summary>The source as messages and <c>meta_source_file</c> name it: the contract's file, or the table.</summary>
    public abstract string SourceName { get; }

    /// <summary>A hash of everything the source holds, known before the first record is read: the same content is the same batch.</summary>
    public abstract string ContentHash { get; }

    /// <summary>How much is read, in the unit of <see cref="Length"/>.</summary>
    public abstract long Position { get; }

    /// <summary>How much there is to read; null where that is not known.</summary>
    public abstract long? Length { get; }

    /// <summary>The line where the current record begins, or its number, from 1.</summary>
    public abstract long Line { get; }

    /// <summary>Where the current record is, for messages.</summary>
    public abstract SourceSpan Span { get; }

    /// <summary>What is wrong with the current record as a whole; its fields are then not to be read.</summary>
    public abstract string? Problem { get; }

    /// <summary>The current record as the source has it.</summary>
    public abstract string RawText { get; }

    /// <summary>The current record's text for a field of the contract, by its position there; null where it has none.</summary>
    public abstract string? this[int field] { get; }

    /// <returns>False at the end.</returns>
    /// <exception cref="DiagnosticException">The source cannot be read any further.</exception>
    public abstract ValueTask<bool> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Throws where the source was changed while it was read.</summary>
    public virtual void CheckUnchanged()
    {
    }

    public abstract ValueTask DisposeAsync();
}
