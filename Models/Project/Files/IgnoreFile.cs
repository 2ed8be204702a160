using System.Text;
using System.Text.RegularExpressions;
using Models.Diagnostics;

namespace Models.Project.Files;

/// <summary>
/// The patterns of a .dbtignore file, in .gitignore syntax (git-scm.com/docs/gitignore). The last pattern that matches a file decides, as in Python's
/// pathspec, which dbt uses. The library MAB.DotIgnore follows git instead, where a file below an ignored folder cannot be re-included.
/// </summary>
internal sealed class IgnoreFile
{
    private readonly List<(Regex Pattern, bool Keep)> _patterns;

    private IgnoreFile(List<(Regex Pattern, bool Keep)> patterns) => _patterns = patterns;

    public static IgnoreFile None { get; } = new([]);

    public static IgnoreFile Read(string packageFolder, DiagnosticBag diagnostics)
    {
        var file = Path.Combine(packageFolder, ".dbtignore");
        return File.Exists(file) && SourceFile.Read(file, diagnostics) is { } source ? Parse(source.Text.ReplaceLineEndings("\n").Split('\n')) : None;
    }

    public static IgnoreFile Parse(IEnumerable<string> lines)
    {
        var patterns = new List<(Regex, bool)>();
        foreach (var line in lines)
        {
            var text = line.TrimEnd();
            if (text.Length == 0 || text[0] == '#')
                continue;

            var keep = text[0] == '!';
            patterns.Add((ToRegex(keep ? text[1..] : text), keep));
        }

        return new IgnoreFile(patterns);
    }

    /// <param name="path">Relative to the package's root, with forward slashes.</param>
    public bool Excludes(string path)
    {
        var excluded = false;
        foreach (var (pattern, keep) in _patterns)
        {
            if (excluded == keep && pattern.IsMatch(path))
                excluded = !keep;
        }

        return excluded;
    }

    private static Regex ToRegex(string pattern)
    {
        var folderOnly = pattern.EndsWith('/');
        pattern = pattern.TrimEnd('/');
        var anchored = pattern.Contains('/', StringComparison.Ordinal);
        pattern = pattern.TrimStart('/');

        var regex = new StringBuilder(anchored ? "^" : "^(?:.*/)?");
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '*' when pattern.AsSpan(i).StartsWith("**/"):
                    regex.Append("(?:.*/)?");
                    i += 2;
                    break;
                case '*' when pattern.AsSpan(i).StartsWith("**"):
                    regex.Append(".*");
                    i++;
                    break;
                case '*':
                    regex.Append("[^/]*");
                    break;
                case '?':
                    regex.Append("[^/]");
                    break;
                case '[' when pattern.IndexOf(']', i + 1) is var close and > 0:
                    var set = pattern[(i + 1)..close];
                    regex.Append('[').Append(set.StartsWith('!') ? "^" + set[1..] : set).Append(']');
                    i = close;
                    break;
                case '\\' when i + 1 < pattern.Length:
                    regex.Append(Regex.Escape(pattern[++i].ToString()));
                    break;
                case var c:
                    regex.Append(Regex.Escape(c.ToString()));
                    break;
            }
        }

        return new Regex(regex.Append(folderOnly ? "/" : "(?:/|$)").ToString(), RegexOptions.CultureInvariant);
    }
}
