using System.Text.RegularExpressions;
using Models.Diagnostics;

namespace Models.Jinja.Lexing;

/// <summary>Finds docs blocks in Markdown. The text between their tags is never parsed as a template.</summary>
internal static partial class DocsReader
{
    public static IReadOnlyList<DocsBlock> Read(SourceText source, DiagnosticBag diagnostics)
    {
        var blocks = new List<DocsBlock>();
        var at = 0;
        while (Start().Match(source.Text, at) is { Success: true } start)
        {
            at = start.Index + start.Length;
            if (!start.Groups["name"].Success)
                continue;

            var end = End().Match(source.Text, at);
            if (!end.Success)
            {
                diagnostics.Add(TemplateDiagnostics.UnclosedBlock(source.Span(start.Index, start.Length), "docs", ["{% enddocs %}"]));
                break;
            }

            var span = source.Span(start.Index, end.Index + end.Length - start.Index);
            blocks.Add(new DocsBlock(start.Groups["name"].Value, source.Text[at..end.Index].Trim(), span));
            at = end.Index + end.Length;
        }

        return blocks;
    }

    /// <summary>Matches the docs tag that starts at an offset.</summary>
    public static (string Name, int End)? MatchTag(string text, int start) =>
        Tag().Match(text, start) is { Success: true } match
            ? (match.Groups["name"].Value, start + match.Length)
            : null;

    /// <summary>Finds the next end of a docs block.</summary>
    public static (int Start, int End)? MatchEnd(string text, int from, int end) =>
        End().Match(text, from, end - from) is { Success: true } match ? (match.Index, match.Index + match.Length) : null;

    /// <summary>Matches a comment, a raw block or a docs tag. A docs tag inside a comment or a raw block does not count.</summary>
    [GeneratedRegex(@"\{#.*?#\}|\{%[-+]?\s*raw\s*[-+]?%\}.*?\{%[-+]?\s*endraw\s*[-+]?%\}|\{%[-+]?\s*docs\s+(?<name>\w+)\s*[-+]?%\}",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Start();

    [GeneratedRegex(@"\G\{%[-+]?\s*docs\s+(?<name>\w+)\s*[-+]?%\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Tag();

    [GeneratedRegex(@"\{%[-+]?\s*enddocs\s*[-+]?%\}", RegexOptions.ExplicitCapture)]
    private static partial Regex End();
}
