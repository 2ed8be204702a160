using Ingestion.Connectors.Sources;
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
    public static IReadOnlyList<Contract> Expand(Contract contract, string dataDirectory)
    {
        var options = contract.Options;
        if (options.Files.Count == 0)
            return [contract];
        if (!Directory.Exists(dataDirectory))
            throw new DiagnosticException(IngestionDiagnostics.MissingFolder(dataDirectory));

        var files = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var pattern in options.Files)
            files.UnionWith(Match(contract, pattern, dataDirectory));

        return [.. files.Select(file => contract with { Options = options with { File = file } })];
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
