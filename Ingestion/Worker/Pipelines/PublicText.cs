using System.Text.RegularExpressions;

namespace Ingestion.Worker.Pipelines;

/// <summary>Text for clients: it names files, but not where on this machine they are.</summary>
internal static partial class PublicText
{
    /// <summary>Shortens each absolute path to the part below one of <paramref name="folders"/>, any other one to the file's name.</summary>
    public static string WithoutAbsolutePaths(string text, params IEnumerable<string> folders)
    {
        // exact, so that folders with spaces in their names are found too; the longest first
        foreach (var folder in folders.OrderByDescending(folder => folder.Length))
            text = text.Replace(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
        return AbsoluteFolder().Replace(text, "");
    }

    /// <summary>A root, then folders; neither the path of a URL nor a slash inside a word.</summary>
    [GeneratedRegex("""(?<![\w.:/\\])(?:/|\\\\|[A-Za-z]:[/\\])(?:[^\s/\\'"<>|]+[/\\])+""", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AbsoluteFolder();
}
