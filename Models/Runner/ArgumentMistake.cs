using System.CommandLine;
using System.CommandLine.Parsing;
using Models.Runner.Flags;

namespace Models.Runner;

/// <summary>Describes an error in the command line in one line, with the argument and the accepted values.</summary>
internal static class ArgumentMistake
{
    public static string? Find(ParseResult parsed, FlagSources sources)
    {
        if (sources.Mistake is { } elsewhere)
            return elsewhere;

        if (parsed.Errors.Count == 0 && Swallowed(parsed) is not { Length: > 0 })
            return null;

        var command = parsed.CommandResult.Command;
        var name = parsed.RootCommandResult.Command == command ? "leadline" : $"leadline {command.Name}";
        return $"{Describe(parsed, command, sources)} '{name} --help' lists what there is.";
    }

    private static string Describe(ParseResult parsed, Command command, FlagSources sources)
    {
        if ((Swallowed(parsed) ?? parsed.UnmatchedTokens.FirstOrDefault()) is { } unknown)
        {
            return unknown.StartsWith('-') ? $"There is no option '{unknown.Split('=')[0]}'."
                : command.Subcommands.Count > 0 ? $"There is no command '{unknown}'."
                : $"'{unknown}' is one argument too many.";
        }

        var error = parsed.Errors[0];
        if (error.SymbolResult is not OptionResult { Tokens: [var value, ..] } option)
            return error.Message;

        var prefix = sources.OriginOf(option.Option) is { } origin ? $"{char.ToUpperInvariant(origin[0])}{origin[1..]} is '{value.Value}', but " : "";
        if (option.Tokens.Count > 1 && option.Option.Arity.MaximumNumberOfValues == 1)
            return $"'{option.Option.Name}' is given {option.Tokens.Count} times; keep one.";

        return Expected(option.Option.ValueType) is { } expected
            ? prefix.Length > 0
                ? $"{prefix}'{option.Option.Name}' takes {expected}."
                : $"'{value.Value}' is no value for '{option.Option.Name}', which takes {expected}."
            : prefix.Length > 0 ? $"{prefix}{char.ToLowerInvariant(error.Message[0])}{error.Message[1..]}" : error.Message;
    }

    // an option that takes several words also consumes unknown options
    private static string? Swallowed(ParseResult parsed) =>
        parsed.CommandResult.Children.OfType<OptionResult>()
            .Where(o => o.Option.Arity.MaximumNumberOfValues > 1)
            .SelectMany(o => o.Tokens)
            .FirstOrDefault(t => t.Value is ['-', not (>= '0' and <= '9'), ..])?.Value;

    private static string? Expected(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var t when t == typeof(int) => "a whole number",
        var t when t == typeof(double) => "a number",
        var t when t == typeof(bool) => "true or false",
        var t when t == typeof(DateTime) => "a time such as 2026-01-31 or 2026-01-31T12:00:00",
        _ => null,
    };
}
