namespace Models.Runner.Commands;

/// <summary>Resolves links in absolute paths, so that paths can be compared.</summary>
internal static class RealPath
{
    public static string Of(string path)
    {
        var whole = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Path.GetDirectoryName(whole) is not { } parent)
            return whole;

        var resolved = Path.Combine(Of(parent), Path.GetFileName(whole));
        return Path.Exists(resolved) && new DirectoryInfo(resolved).ResolveLinkTarget(returnFinalTarget: true) is { } link ? Of(link.FullName) : resolved;
    }

    /// <summary>Both paths must be resolved.</summary>
    public static bool IsSameOrBelow(string path, string folder) =>
        path == folder || path.StartsWith(Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
