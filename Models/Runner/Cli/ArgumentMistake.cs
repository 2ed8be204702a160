using System.CommandLine;
using System.CommandLine.Parsing;

namespace Models.Runner.Cli;

/// <summary>What is wrong with a command line, in one line that names the argument and what is taken in its place.</summary>
internal static class ArgumentMistake
{
    public static string? Find(ParseResult parsed)
    {
        if (parsed.Errors.Count == 0)
            return null;

        var command = parsed.CommandResult.Command;
        var name = parsed.RootCommandResult.Command == command ? "leadline" : $"leadline {command.Name}";
        return $"{Describe(parsed, command)} '{name} --help' lists what there is.";
    }

    private static string Describe(ParseResult parsed, Command command)
    {
        if (parsed.UnmatchedTokens is [var unknown, ..])
        {
            return unknown.StartsWith('-') ? $"There is no option '{unknown.Split('=')[0]}'."
                : command.Subcommands.Count > 0 ? $"There is no command '{unknown}'."
                : $"'{unknown}' is one argument too many.";
        }

        var error = parsed.Errors[0];
        return error.SymbolResult is OptionResult { Tokens: [var value, ..] } option && Expected(option.Option.ValueType) is { } expected
            ? $"'{value.Value}' is no value for '{option.Option.Name}', which takes {expected}."
            : error.Message;
    }

    private static string? Expected(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var t when t == typeof(int) => "a whole number",
        var t when t == typeof(double) => "a number",
        var t when t == typeof(bool) => "true or false",
        var t when t == typeof(DateTime) => "a time such as 2026-01-31 or 2026-01-31T12:00:00",
        _ => null,
    };
}
