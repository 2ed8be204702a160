using Models.Contracts;

namespace Ingestion.Connectors.Sources;

/// <summary>Reads one kind of source. A new connector needs a class and a line in <see cref="ConnectorTable"/>.</summary>
public interface IConnector
{
    /// <summary>The contract's <c>format</c> that this connector reads.</summary>
    string Format { get; }

    /// <summary>The endings of files, such as <c>.csv</c>, that <c>leadline sources infer</c> takes for this format; empty for none.</summary>
    IReadOnlyList<string> FileEndings => [];

    /// <summary>Opens the contract's source. Missing and unexpected fields are reported here or, at the latest, while reading.</summary>
    /// <exception cref="Models.Diagnostics.DiagnosticException">The source is missing, malformed, or does not match the contract.</exception>
    Task<RecordReader> OpenAsync(Contract contract, SourceLocation location, CancellationToken cancellationToken);
}

/// <summary>The locations and secrets of sources.</summary>
/// <param name="DataDirectory">The folder that contracts' files are relative to.</param>
public sealed record SourceLocation(string DataDirectory)
{
    /// <summary>
    /// The largest loaded cursor in PostgreSQL's format; null if there is none. A connector may use it to read only records at or after the cursor.
    /// </summary>
    public string? Since { get; init; }

    /// <summary>The cursor at which a backfill ends, exclusive; null for no end. A connector may use it to read fewer records.</summary>
    public string? Until { get; init; }

    /// <summary>An exported snapshot of the source's database to read; null for the current one.</summary>
    public string? Snapshot { get; init; }

    /// <summary>The place of the contract's files; null for the data folder.</summary>
    public IFileStore? Store { get; init; }

    /// <summary>The folder that holds the lake; null if there is none.</summary>
    public string? LakeDirectory { get; init; }

    /// <summary>Secrets by the names that contracts use.</summary>
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = new Dictionary<string, string>();

    /// <summary>Connection strings by name, for contracts that read a database.</summary>
    public IReadOnlyDictionary<string, string> ConnectionStrings { get; init; } = new Dictionary<string, string>();

    /// <summary>The clock for waits; the loader's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
