using System.CommandLine;
using Models.Database;
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
        command.SetAction((parsed, _) => CommandFrame.RunAsync(parsed, _ =>
        {
            var known = Read();
            var asked = parsed.GetRequiredValue(ids);
            if (Array.Find(asked, id => !known.ContainsKey(id)) is { } unknown)
                throw new RunException($"There is no diagnostic '{unknown}'{NearName.Hint(unknown, known.Keys)}");

            foreach (var id in asked)
                Console.WriteLine(known[id]);
            return Task.FromResult(ExitCodes.Success);
        }, printsData: true));
        return command;
    }

    /// <summary>What to print for each id.</summary>
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
