namespace Ingestion.Connectors.Sources;

/// <summary>A place of files other than the data folder.</summary>
public interface IFileStore : IDisposable
{
    /// <summary>The name that contracts and messages use.</summary>
    string Name { get; }

    /// <summary>The names of the files that begin with a text, in the order of their characters.</summary>
    /// <exception cref="Models.Diagnostics.DiagnosticException">The store cannot be read.</exception>
    Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>Writes a file's content to a stream.</summary>
    /// <exception cref="Models.Diagnostics.DiagnosticException">The store cannot be read, or has no such file.</exception>
    Task DownloadAsync(string file, Stream target, CancellationToken cancellationToken);
}
