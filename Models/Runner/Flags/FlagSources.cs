using System.CommandLine;
using System.CommandLine.Parsing;
using Models.Parsing.Files;

namespace Models.Runner.Flags;

/// <summary>
/// Completes a command line from dbt's other sources of flags: the command line takes precedence, then environment variables, then <c>flags:</c> of
/// dbt_project.yml. Values from there are added as if they were on the command line, so that they are validated and read in the same way.
/// </summary>
internal sealed class FlagSources(ParserConfiguration configuration)
{
    private readonly Dictionary<string, string> _origins = new(StringComparer.Ordinal);

    /// <summary>The error in a switch of the environment or the project that is neither on nor off.</summary>
    public string? Mistake { get; private set; }

    /// <summary>Returns the complete command line. <see cref="ArgumentMistake"/> reports an error in an added flag with its origin.</summary>
    public ParseResult Complete(RootCommand root, IReadOnlyList<string> arguments)
    {
        var parsed = root.Parse(arguments, configuration);
        var command = parsed.CommandResult.Command;
        foreach (var flag in DbtFlags.All.Where(f => f.IsGlobal && Find(parsed, f) is null))
            command.Options.Add(Unused(flag));

        parsed = root.Parse(arguments, configuration);
        if (parsed.Errors.Count > 0)
            return parsed;

        var completed = Add(root, parsed, arguments, FromEnvironment);
        if (completed.Parsed.Errors.Count > 0)
            return completed.Parsed;

        var project = ProjectFlags.Read(GlobalOptions.ProjectDirectory(completed.Parsed));
        return Add(root, completed.Parsed, completed.Arguments, flag => FromProject(flag, project)).Parsed;
    }

    /// <summary>The origin of an added flag, for example <c>the environment variable DBT_STATE</c>.</summary>
    public string? OriginOf(Option option) => _origins.GetValueOrDefault(option.Name);

    /// <summary>The values of all flags that were set, by dbt's names, for templates and artifacts.</summary>
    public static IReadOnlyDictionary<string, object?> GivenFlags(ParseResult parsed)
    {
        var given = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["invocation_command"] = string.Join(' ', Environment.GetCommandLineArgs().Skip(1).Prepend("leadline")),
        };
        foreach (var flag in DbtFlags.All)
        {
            if (Find(parsed, flag) is not { } option || parsed.GetResult(option) is not { Implicit: false } result)
                continue;

            given[flag.Key] = flag.TakesValue
                ? string.Join(' ', result.Tokens.Select(t => t.Value))
                : result.Tokens is not [var word] || Boolean(word.Value) is not "false";
        }

        return given;
    }

    private (ParseResult Parsed, IReadOnlyList<string> Arguments) Add(
        RootCommand root, ParseResult parsed, IReadOnlyList<string> arguments, Func<DbtFlag, (string Origin, IReadOnlyList<string> Values)?> source)
    {
        var added = new List<string>();
        foreach (var flag in DbtFlags.All)
        {
            if (Find(parsed, flag) is not { } option || IsGiven(parsed, flag) || source(flag) is not { } found)
                continue;

            _origins[option.Name] = found.Origin;
            if (!flag.TakesValue && Boolean(found.Values[0]) is not ("true" or "false"))
                Mistake ??= $"{char.ToUpperInvariant(found.Origin[0])}{found.Origin[1..]} is '{found.Values[0]}', but '{flag.Option}' takes true or false.";
            added.AddRange(found.Values.Select(v => $"{flag.Option}={(flag.TakesValue ? v : Boolean(v))}"));
        }

        if (added.Count == 0)
            return (parsed, arguments);

        string[] all = [.. arguments, .. added];
        return (root.Parse(all, configuration), all);
    }

    private static bool IsGiven(ParseResult parsed, DbtFlag flag) =>
        Find(parsed, flag) is { } option && parsed.GetResult(option) is { Implicit: false }
        || (flag.ConflictsWith is { } rival && Find(parsed, new DbtFlag(rival)) is { } other && parsed.GetResult(other) is { Implicit: false });

    private static (string, IReadOnlyList<string>)? FromEnvironment(DbtFlag flag)
    {
        if (Environment.GetEnvironmentVariable(flag.Variable) is not { Length: > 0 } value)
            return null;

        var isList = flag.Name.EndsWith("resource-types", StringComparison.Ordinal);
        return ($"the environment variable {flag.Variable}", isList ? value.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries) : [value]);
    }

    private static (string, IReadOnlyList<string>)? FromProject(DbtFlag flag, IReadOnlyDictionary<string, object?> project)
    {
        if (!flag.IsOfProject || !project.TryGetValue(flag.Key, out var value) || value is null)
            return null;

        return ($"'{flag.Key}' under flags of dbt_project.yml", [FlagValue.Text(value)]);
    }

    private static Option? Find(ParseResult parsed, DbtFlag flag)
    {
        for (SymbolResult? at = parsed.CommandResult; at is CommandResult result; at = at.Parent)
        {
            foreach (var option in result.Command.Options)
            {
                if ((option.Recursive || at == parsed.CommandResult) && (option.Name == flag.Option || option.Aliases.Contains(flag.Option)))
                    return option;
            }
        }

        return null;
    }

    // accepted for scripts written for dbt, and ignored
    private static Option Unused(DbtFlag flag)
    {
        string[] aliases = flag.Short is { } letter ? [letter] : [];
        return flag.TakesValue ? new Option<string?>(flag.Option, aliases) { Hidden = true } : new Option<bool>(flag.Option, aliases) { Hidden = true };
    }

    private static string Boolean(string word) => word.Trim().ToLowerInvariant() switch
    {
        "1" or "true" or "t" or "yes" or "y" or "on" => "true",
        "0" or "false" or "f" or "no" or "n" or "off" => "false",
        _ => word,
    };
}
