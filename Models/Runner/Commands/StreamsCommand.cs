using System.CommandLine;
using System.Text.Json;

namespace Models.Runner.Commands;

/// <summary><c>leadline streams</c>: lists streams, and asks for their reset, rewind or backfill, over the worker's API.</summary>
internal static class StreamsCommand
{
    public static Command Create()
    {
        var command = new Command("streams", "Lists the worker's streams; resets, rewinds and backfills them.");
        ServiceAccess.Worker.AddTo(command);
        command.Subcommands.Add(List());
        command.Subcommands.Add(Asking("reset", "Loads the source from the start; all rows are replaced.", []));
        command.Subcommands.Add(Asking("rewind", "Loads again what is beyond a cursor.", [new("--to") { Description = "The cursor.", Required = true }]));
        command.Subcommands.Add(Asking("backfill", "Loads a range of cursors again.",
        [
            new("--from") { Description = "The first cursor.", Required = true },
            new("--to") { Description = "The end, which is not loaded itself.", Required = true },
        ]));
        command.Subcommands.Add(Drop());
        return command;
    }

    private static Command Drop()
    {
        var command = new Command("drop", "Ends the capture of a table's changes: drops its replication slot and publication at the source.");
        var table = new Argument<string>("table") { Description = "The stream's table in schema raw; its rows stay." };
        command.Arguments.Add(table);
        ServiceAccess.Worker.SetAction(command, async (parsed, client, token) =>
        {
            var answer = await client.PostAsync($"/streams/{Uri.EscapeDataString(parsed.GetRequiredValue(table))}/drop", token);
            Console.WriteLine($"The replication slot {ServiceAnswer.Text(answer, "slot")} is dropped.");
            return ExitCodes.Success;
        });
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "Lists the streams, how far they are, and what was asked of them.");
        ServiceAccess.Worker.SetAction(command, async (_, client, token) =>
        {
            var streams = await client.GetAsync("/streams", token);
            ServiceAnswer.Print(["table", "pipeline", "format", "mode", "source", "cursor", "updated", "asked for"], streams.EnumerateArray().SelectMany(Rows));
            return ExitCodes.Success;
        });
        return command;
    }

    private static IEnumerable<IReadOnlyList<object?>> Rows(JsonElement stream)
    {
        var asked = string.Join(", ", stream.GetProperty("requested").EnumerateArray().Select(r => ServiceAnswer.Text(r, "kind")));
        string[] of = [.. new[] { "table", "pipeline", "format", "mode" }.Select(p => ServiceAnswer.Text(stream, p))];
        var states = stream.GetProperty("states").EnumerateArray().ToList();
        if (states.Count == 0)
            yield return [.. of, "", "", "", asked];
        foreach (var state in states)
            yield return [.. of, ServiceAnswer.Text(state, "source"), ServiceAnswer.Text(state, "cursor"), ServiceAnswer.Time(state, "updatedAt"), asked];
    }

    private static Command Asking(string verb, string description, IReadOnlyList<Option<string?>> options)
    {
        var command = new Command(verb, description);
        var table = new Argument<string>("table") { Description = "The stream's table in schema raw." };
        command.Arguments.Add(table);
        foreach (var option in options)
            command.Options.Add(option);
        ServiceAccess.Worker.SetAction(command, async (parsed, client, token) =>
        {
            var name = parsed.GetRequiredValue(table);
            await client.PostAsync($"/streams/{Uri.EscapeDataString(name)}/{verb}{ServiceAccess.Query(parsed, options)}", token);
            Console.WriteLine($"The next load of {name} does it.");
            return ExitCodes.Success;
        });
        return command;
    }
}
