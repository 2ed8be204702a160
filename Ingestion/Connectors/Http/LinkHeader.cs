using System.Text.RegularExpressions;

namespace Ingestion.Connectors.Http;

/// <summary>Parses the header that links to other pages. Source: RFC 8288, 3.</summary>
internal static partial class LinkHeader
{
    /// <summary>The target with relation <c>next</c>; null if there is none.</summary>
    public static string? Next(IEnumerable<string> values) => values
        .SelectMany(value => Link().Matches(value))
        .Where(link => link.Groups["relations"].Value.Split(' ').Contains("next", StringComparer.OrdinalIgnoreCase))
        .Select(link => link.Groups["target"].Value)
        .FirstOrDefault();

    [GeneratedRegex(
        """<(?<target>[^>]*)>(?:\s*;\s*(?:rel\s*=\s*"?(?<relations>[^";,]*)"?|[^;,="]+(?:=(?:"[^"]*"|[^;,"]*))?))*""",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();
}
