using Ingestion.Connectors.Sources;
using Ingestion.Connectors.Stores;
using Microsoft.Extensions.FileSystemGlobbing;
using Models.Contracts;
using Models.Diagnostics;

namespace Ingestion.Connectors.Files;

/// <summary>Expands a contract that names several files, by path or pattern.</summary>
internal static class FileSet
{
    /// <summary>
    /// Returns a copy of the contract for each of its files, in ordinal order of their names, or the contract itself if it names only one file.
    /// </summary>
    /// <exception cref="DiagnosticException">A path is outside the data folder, or no file matches a path or pattern.</exception>
    public static async Task<IReadOnlyList<Contract>> ExpandAsync(Contract contract, SourceLocation location, CancellationToken cancellationToken)
    {
        var options = contract.Options;
        if (options.Files.Count == 0)
            return [contract];
        if (location.Store is null && !Directory.Exists(location.DataDirectory))
            throw new DiagnosticException(IngestionDiagnostics.MissingFolder(location.DataDirectory));

        var files = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var pattern in options.Files)
        {
            files.UnionWith(location.Store is { } store
                ? await MatchAsync(contract, pattern, store, cancellationToken)
                : Match(contract, pattern, location.DataDirectory));
        }

        return [.. files.Select(file => contract with { Options = options with { File = file } })];
    }

    private static async Task<IReadOnlyList<string>> MatchAsync(
        Contract contract, string pattern, IFileStore store, CancellationToken cancellationToken)
    {
        var star = pattern.IndexOf('*', StringComparison.Ordinal);
        if (star < 0)
            return [pattern];

        var listed = await store.ListAsync(pattern[..star], cancellationToken);
        var found = new Matcher(StringComparison.Ordinal).AddInclude(pattern).Match("/", listed.Select(f => $"/{f}")).Files.Select(f => f.Path).ToList();
        return found.Count > 0 || contract.Limits.MinRows == 0
            ? found
            : throw new DiagnosticException(StoreDiagnostics.NoFiles(contract.Span, store.Name, pattern, contract.Span.File));
    }

    private static IReadOnlyList<string> Match(Contract contract, string pattern, string dataDirectory)
    {
        if (Path.IsPathRooted(pattern) || pattern.Split('/').Contains("..", StringComparer.Ordinal))
            throw new DiagnosticException(IngestionDiagnostics.Outside(contract.Span, pattern));
        if (!pattern.Contains('*', StringComparison.Ordinal))
            return [pattern];

        var found = new Matcher(StringComparison.Ordinal).AddInclude(pattern).GetResultsInFullPath(dataDirectory)
            .Select(path => Path.GetRelativePath(dataDirectory, path).Replace('\\', '/'))
            .ToList();
        return found.Count > 0 || contract.Limits.MinRows == 0
            ? found
            : throw new DiagnosticException(IngestionDiagnostics.NoFiles(contract.Span, pattern, contract.Span.File));
    }
}
