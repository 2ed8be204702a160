using System.Text;
using System.Text.RegularExpressions;

namespace Models.Engine.Selection;

/// <summary>Shell-like patterns: <c>*</c>, <c>?</c> and <c>[abc]</c>, as in Python's fnmatch.</summary>
internal static class NamePattern
{
    public static bool HasWildcard(string pattern) => pattern.AsSpan().ContainsAny('*', '?', '[');

    public static bool Matches(string name, string pattern) =>
        HasWildcard(pattern)
            ? Regex.IsMatch(name, ToRegex(pattern), RegexOptions.CultureInvariant | RegexOptions.Singleline, TimeSpan.FromSeconds(1))
            : name == pattern;

    /// <summary>Like <see cref="Matches"/>, for paths: <c>*</c> matches within a folder, <c>**</c> across folders.</summary>
    public static bool MatchesPath(string path, string pattern)
    {
        var regex = ToRegex(pattern.Replace("**/", "\u0001", StringComparison.Ordinal).Replace("**", "\u0002", StringComparison.Ordinal))
            .Replace(".*", "[^/]*", StringComparison.Ordinal)
            .Replace("\u0001", "(.*/)?", StringComparison.Ordinal)
            .Replace("\u0002", ".*", StringComparison.Ordinal);
        return Regex.IsMatch(path, regex, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    }

    private static string ToRegex(string pattern)
    {
        var regex = new StringBuilder("^");
        for (var i = 0; i < pattern.Length; i++)
        {
            var close = pattern[i] == '[' ? pattern.IndexOf(']', i + 1) : -1;
            if (close > i + 1)
            {
                var set = pattern[(i + 1)..close];
                regex.Append('[').Append(set[0] == '!' ? "^" + set[1..] : set).Append(']');
                i = close;
            }
            else
            {
                regex.Append(pattern[i] switch
                {
                    '*' => ".*",
                    '?' => ".",
                    var other => Regex.Escape(other.ToString()),
                });
            }
        }

        return regex.Append('$').ToString();
    }
}
