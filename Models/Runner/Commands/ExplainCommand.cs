using System.CommandLine;
using Models.Diagnostics;

namespace Models.Runner.Commands;

/// <c>leadline explain MDL5001</c>: prints the lines of docs/diagnostics.md about ids of errors and warnings.
internal static class ExplainCommand
{
    private const string Page = "diagnostics.md";

    public static Command Create()
    {
        var command = new Command("explain", "Prints what the ids of errors and warnings mean, for example MDL5001.");
        var ids = new Argument<string[]>("id") { Description = "The ids.", Arity = ArgumentArity.OneOrMore };
        command.Arguments.Add(ids);
        command.SetAction((parsed, _) => CommandFrame.RunAsync(parsed, observer =>
        {
            var known = Read();
            var isKnown = true;
            foreach (var id in parsed.GetRequiredValue(ids))
            {
                if (known.TryGetValue(id, out var text))
                {
                    Console.WriteLine(text);
                    continue;
                }

                isKnown = false;
                observer.Message($"There is no diagnostic '{id}'{NearName.Hint(id, known.Keys)}", isWarning: true);
            }

            return Task.FromResult(isKnown ? ExitCodes.Success : ExitCodes.Unusable);
        }, printsData: true));
        return command;
    }

    /// <summary>By id: <c>MDL5001, error, names and types: message</c>.</summary>
    private static Dictionary<string, string> Read()
    {
        using var page = new StreamReader(typeof(ExplainCommand).Assembly.GetManifestResourceStream(Page)!);
        var known = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var about = "";
        while (page.ReadLine() is { } line)
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
                about = line[3..];
            else if (line.StartsWith("| MDL", StringComparison.Ordinal) && line.Split(" | ", 3) is [var id, var severity, var message])
                known[id[2..]] = $"{id[2..]} ({severity}; {about})\n    {message[..^2].Replace("\\|", "|", StringComparison.Ordinal)}";
        }

        return known;
    }
}
