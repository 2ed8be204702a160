using Models.Contracts;

namespace Ingestion.Connectors.Sources;

/// <summary>Reads one kind of source. A new one is a class and a line in <see cref="ConnectorTable"/>.</summary>
public interface IConnector
{
    /// <summary>The contract's <c>format</c> that this connector reads.</summary>
    string Format { get; }

    /// <summary>Opens the contract's source; the fields it lacks or has too many are found here or, at the latest, while reading.</summary>
    /// <exception cref="Models.Diagnostics.DiagnosticException">The source is missing, malformed, or not what the contract says.</exception>
    Task<RecordReader> OpenAsync(Contract contract, SourceLocation location, CancellationToken cancellationToken);
}

/// <summary>Where sources are found.</summary>
/// <param name="DataDirectory">The folder that contracts' files are relative to.</param>
public sealed record SourceLocation(string DataDirectory)
{
    /// <summary>
    /// The largest cursor that was loaded, as PostgreSQL writes its type; null where there is none. A connector that can asks its source for
    /// what is at the cursor and beyond alone.
    /// </summary>
    public string? Since { get; init; }

    /// <summary>Secrets by the name under which contracts speak of them.</summary>
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = new Dictionary<string, string>();

    /// <summary>Connection strings by name, for contracts that read a database.</summary>
    public IReadOnlyDictionary<string, string> ConnectionStrings { get; init; } = new Dictionary<string, string>();

    /// <summary>What waits are measured by; the loader's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
