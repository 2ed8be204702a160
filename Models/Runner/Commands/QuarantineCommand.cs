using System.CommandLine;

namespace Models.Runner.Commands;

/// <summary><c>leadline quarantine</c>: lists, shows, retries and discards quarantined records, over the worker's API.</summary>
internal static class QuarantineCommand
{
    public static Command Create()
    {
        var command = new Command("quarantine", "Lists, shows, retries and discards the records that violate their contracts.");
        ServiceAccess.Worker.AddTo(command);
        command.Subcommands.Add(List());
        command.Subcommands.Add(Show());
        command.Subcommands.Add(Retry());
        command.Subcommands.Add(Discard());
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "Lists the tables that have quarantined records or, of one table, the open records.");
        var table = new Argument<string?>("table") { Description = "The table in schema raw.", Arity = ArgumentArity.ZeroOrOne };
        Option<string?>[] options =
        [
            new("--limit") { Description = "How many records are listed; 100 by default." },
            new("--after") { Description = "Records with greater ids are listed." },
        ];
        command.Arguments.Add(table);
        foreach (var option in options)
            command.Options.Add(option);
        ServiceAccess.Worker.SetAction(command, async (parsed, client, token) =>
        {
            if (parsed.GetValue(table) is { } name)
            {
                var records = await client.GetAsync($"{Path(name)}{ServiceAccess.Query(parsed, options)}", token);
                ServiceAnswer.Print(["id", "source", "line", "field", "reason", "quarantined"], records.EnumerateArray().Select(r =>
                    (IReadOnlyList<object?>)[
                        ServiceAnswer.Text(r, "id"), ServiceAnswer.Text(r, "source"), ServiceAnswer.Text(r, "line"),
                        ServiceAnswer.Text(r, "field"), ServiceAnswer.Text(r, "reason"), ServiceAnswer.Time(r, "quarantinedAt")]));
                return ExitCodes.Success;
            }

            var tables = await client.GetAsync("/quarantine", token);
            ServiceAnswer.Print(["table", "open", "discarded", "newest"], tables.EnumerateArray().Select(t =>
                (IReadOnlyList<object?>)[
                    ServiceAnswer.Text(t, "table"), ServiceAnswer.Text(t, "open"), ServiceAnswer.Text(t, "discarded"), ServiceAnswer.Time(t, "newest")]));
            return ExitCodes.Success;
        });
        return command;
    }

    private static Command Show()
    {
        var command = new Command("show", "Shows a record with its text.");
        var table = Table(command);
        var id = new Argument<long>("id") { Description = "The record's id." };
        command.Arguments.Add(id);
        ServiceAccess.Worker.SetAction(command, async (parsed, client, token) =>
        {
            var record = await client.GetAsync($"{Path(parsed.GetRequiredValue(table))}/{parsed.GetRequiredValue(id)}", token);
            Console.WriteLine($"{ServiceAnswer.Text(record, "source")}, line {ServiceAnswer.Text(record, "line")}: {ServiceAnswer.Text(record, "reason")}");
            Console.WriteLine(ServiceAnswer.Text(record, "rawText"));
            return ExitCodes.Success;
        });
        return command;
    }

    private static Command Retry()
    {
        var command = new Command("retry", "Checks quarantined records against the contract as it is now, and loads those that fit it.");
        var table = Table(command);
        var id = Id(command);
        ServiceAccess.Worker.SetAction(command, async (parsed, client, token) =>
        {
            var answer = await client.PostAsync($"{Path(parsed.GetRequiredValue(table))}/retry{ServiceAccess.Query(parsed, [id])}", token);
            Console.WriteLine(
                $"Records loaded: {ServiceAnswer.Text(answer, "loaded")}, still bad: {ServiceAnswer.Text(answer, "stillBad")}, of loads that were replaced: " +
                $"{ServiceAnswer.Text(answer, "outdated")}.");
            return ExitCodes.Success;
        });
        return command;
    }

    private static Command Discard()
    {
        var command = new Command("discard", "Decides that records are not loaded; they are kept.");
        var table = Table(command);
        var id = Id(command);
        var all = new Option<string?>("--all")
        {
            Description = "All open records of the table.", Arity = ArgumentArity.Zero, CustomParser = _ => "true",
        };
        command.Options.Add(all);
        ServiceAccess.Worker.SetAction(command, async (parsed, client, token) =>
        {
            var answer = await client.PostAsync($"{Path(parsed.GetRequiredValue(table))}/discard{ServiceAccess.Query(parsed, [id, all])}", token);
            Console.WriteLine($"Records discarded: {ServiceAnswer.Text(answer, "discarded")}.");
            return ExitCodes.Success;
        });
        return command;
    }

    private static Argument<string> Table(Command command)
    {
        var table = new Argument<string>("table") { Description = "The table in schema raw." };
        command.Arguments.Add(table);
        return table;
    }

    private static Option<string?> Id(Command command)
    {
        var id = new Option<string?>("--id") { Description = "One record." };
        command.Options.Add(id);
        return id;
    }

    private static string Path(string table) => $"/quarantine/{Uri.EscapeDataString(table)}";
}
