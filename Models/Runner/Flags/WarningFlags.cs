using System.Collections;
using System.CommandLine;
using Models.Database;
using Models.Jinja.Rendering;
using Models.Project.Configuration;

namespace Models.Runner.Flags;

/// <summary><c>--warn-error</c> and <c>--warn-error-options</c>.</summary>
internal static class WarningFlags
{
    private static readonly Option<bool> WarnError = new("--warn-error") { Description = "Treat every warning as an error.", Recursive = true };
    private static readonly Option<string?> WarnErrorOptions = new(
        "--warn-error-options") { Description =
            "Which warnings are errors, as a yaml map: {error: all, warn: [MDL1019], silence: [MDL1014]}.", Recursive = true };

    public static IEnumerable<Option> All => [WarnError, WarnErrorOptions];

    /// <exception cref="RunException">The options are not a valid mapping, or both flags are given.</exception>
    public static WarningPolicy Read(ParseResult parsed)
    {
        var given = parsed.GetValue(WarnErrorOptions);
        if (parsed.GetValue(WarnError) && given is not null)
            throw new RunException("--warn-error and --warn-error-options are both given; keep one.");

        return given is not null ? Options(given) : parsed.GetValue(WarnError) ? new WarningPolicy { AllAreErrors = true } : WarningPolicy.Default;
    }

    private static WarningPolicy Options(string text)
    {
        var options = CommandLineVars.Parse(text, "--warn-error-options");
        if (options.Keys.FirstOrDefault(k => k is not ("include" or "exclude" or "error" or "warn" or "silence")) is { } unknown)
            throw new RunException($"--warn-error-options has the key '{unknown}'; there are error, warn and silence (or include and exclude).");

        foreach (var (key, older) in ((string, string)[])[("error", "include"), ("warn", "exclude")])
        {
            if (options.ContainsKey(key) && options.ContainsKey(older))
                throw new RunException($"--warn-error-options has both '{key}' and '{older}', which are one setting; keep '{key}'.");
        }

        var errors = Names(options, "error", "include");
        return new WarningPolicy
        {
            AllAreErrors = errors.Contains("all") || errors.Contains("*"),
            Errors = errors,
            Warnings = Names(options, "warn", "exclude"),
            Silenced = Names(options, "silence", "silence"),
        };
    }

    private static HashSet<string> Names(IReadOnlyDictionary<string, object?> options, string key, string olderKey) =>
        (options.GetValueOrDefault(key) ?? options.GetValueOrDefault(olderKey)) switch
        {
            null => [],
            string one => [one],
            IEnumerable many and not JinjaDict => [.. many.Cast<object?>().Select(n => $"{n}")],
            var other => throw new RunException($"'{key}' of --warn-error-options is a list of names, not '{other}'."),
        };
}
