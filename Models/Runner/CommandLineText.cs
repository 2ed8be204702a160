using System.CommandLine;
using Models.Runner.Flags;

namespace Models.Runner;

/// <summary>Converts a command line in dbt's form to the form that the parser accepts.</summary>
internal static class CommandLineText
{
    private static readonly HashSet<string> Switches =
        [.. DbtFlags.All.Where(f => !f.TakesValue).Select(f => f.Name), "browser", "compile", "inject-ephemeral-ctes", "color", "use-colors"];

    /// <summary>
    /// Converts <c>--no-x</c> to <c>--x=false</c>, and moves flags before the verb to the end, because dbt also accepts <c>dbt --fail-fast run</c>.
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

    /// <summary>Whether a word is the value of the flag before it: <c>--target run</c>.</summary>
    private static bool IsValue(List<string> words, int at) =>
        words[at - 1].StartsWith('-') && !words[at - 1].Contains('=')
        && !Switches.Contains(words[at - 1].TrimStart('-')) && !DbtFlags.All.Any(f => !f.TakesValue && f.Short == words[at - 1]);
}
