using System.CommandLine;

namespace Models.Runner.Cli;

/// <summary>Brings a command line as dbt takes it into the form that the parser knows.</summary>
internal static class CommandLineText
{
    private static readonly HashSet<string> Switches =
        [.. DbtFlags.All.Where(f => !f.TakesValue).Select(f => f.Name), "browser", "compile", "inject-ephemeral-ctes", "color", "use-colors"];

    /// <summary>
    /// <c>--no-x</c> becomes <c>--x=false</c>, and flags before the verb go to the end: dbt takes <c>dbt --fail-fast run</c> too.
    /// </summary>
    public static IReadOnlyList<string> Normalize(IReadOnlyList<string> arguments, RootCommand root)
    {
        var words = arguments.Select(Positive).ToList();
        var verbs = root.Subcommands.SelectMany(c => c.Aliases.Append(c.Name)).ToHashSet(StringComparer.Ordinal);
        var verb = words.FindIndex(0, w => verbs.Contains(w));
        while (verb > 0 && IsValue(words, verb))
            verb = words.FindIndex(verb + 1, w => verbs.Contains(w));

        return verb <= 0 ? words : [.. words[verb..], .. words[..verb]];
    }

    private static string Positive(string word) =>
        word.StartsWith("--no-", StringComparison.Ordinal) && Switches.Contains(word[5..]) ? $"--{word[5..]}=false" : word;

    /// <summary>Whether a word is what the flag before it takes: <c>--target run</c>.</summary>
    private static bool IsValue(List<string> words, int at) =>
        words[at - 1].StartsWith('-') && !words[at - 1].Contains('=')
        && !Switches.Contains(words[at - 1].TrimStart('-')) && !DbtFlags.All.Any(f => !f.TakesValue && f.Short == words[at - 1]);
}
