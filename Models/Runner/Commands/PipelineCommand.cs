using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Models.Database;
using Models.Rendering.Connections;
using Models.Runner.Reporting;

namespace Models.Runner.Commands;

/// <summary><c>leadline pipeline</c>: lists, starts, stops and repeats the worker's pipelines, over its API.</summary>
internal static class PipelineCommand
{
    /// <summary>Holds the worker's address.</summary>
    public const string AddressVariable = "LEADLINE_WORKER";

    /// <summary>Holds the worker's key; an argument would show it to everyone on the machine.</summary>
    public const string KeyVariable = "LEADLINE_WORKER_KEY";

    private const string DefaultAddress = "http://localhost:5000";

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(500);

    private static readonly Option<string?> s_url = new(
        "--url") { Description = $"The worker's address; by default {AddressVariable}, else {DefaultAddress}.", Recursive = true };
    private static readonly Option<string?> s_keyFile = new(
        "--key-file") { Description = $"A file that holds the worker's key; by default {KeyVariable} holds it.", Recursive = true };
    private static readonly Option<bool> s_wait = new("--wait") { Description = "Wait for the run's end; the exit code is 1 when it did not go well." };

    public static Command Create()
    {
        var command = new Command("pipeline", "Lists, starts, stops and repeats the pipelines of a worker.");
        command.Options.Add(s_url);
        command.Options.Add(s_keyFile);
        command.Subcommands.Add(List());
        command.Subcommands.Add(Asking("run", "Asks for a run.", []));
        command.Subcommands.Add(Cancel());
        command.Subcommands.Add(Asking("retry", "Asks for a run of what the last run, or another one, left undone.",
            [new("--run") { Description = "The id of the run; by default the last one." }]));
        command.Subcommands.Add(Backfill());
        command.Subcommands.Add(Runs());
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "Lists the pipelines.");
        SetAction(command, async (_, client, token) =>
        {
            var all = await client.GetAsync("/pipelines", token);
            Print(["pipeline", "running", "last run", "status", "next run"], all.EnumerateArray().Select(p =>
            {
                var last = p.GetProperty("runs").EnumerateArray().FirstOrDefault();
                var isThere = last.ValueKind == JsonValueKind.Object;
                return (IReadOnlyList<object?>)[Text(p, "name"), Text(p, "isRunning"), isThere
                    ? Time(last, "startedAt")
                    : "", isThere ? Text(last, "status") : "", Time(p, "next")];
            }));
            return ExitCodes.Success;
        });
        return command;
    }

    private static Command Asking(string verb, string description, IReadOnlyList<Option<string?>> options)
    {
        var command = new Command(verb, description);
        var name = Name(command);
        foreach (var option in options)
            command.Options.Add(option);
        command.Options.Add(s_wait);
        SetAction(command, async (parsed, client, token) =>
        {
            var pipeline = parsed.GetRequiredValue(name);
            var run = await client.PostAsync($"{Path(pipeline)}/{verb}{Query(parsed, options)}", token);
            Console.WriteLine($"Run {Text(run, "id")} of pipeline {pipeline} is asked for.");
            return parsed.GetValue(s_wait) ? await WaitAsync(client, pipeline, Text(run, "id"), token) : ExitCodes.Success;
        });
        return command;
    }

    private static Command Cancel()
    {
        var command = new Command("cancel", "Stops the run that is under way, and calls off those that wait.");
        var name = Name(command);
        SetAction(command, async (parsed, client, token) =>
        {
            var answer = await client.PostAsync($"{Path(parsed.GetRequiredValue(name))}/cancel", token);
            Console.WriteLine($"Runs that were called off: {Text(answer, "cancelled")}.");
            return ExitCodes.Success;
        });
        return command;
    }

    private static Command Backfill()
    {
        var command = new Command("backfill", "Asks for a run of each part of a range of dates, one after the other.");
        var name = Name(command);
        Option<string?>[] options =
        [
            new("--from") { Description = "The first date or time, in UTC where it says nothing else.", Required = true },
            new("--to") { Description = "The end, which is not built itself.", Required = true },
            new("--interval") { Description = "What one run builds: hour, day (the default), week or month." },
        ];
        foreach (var option in options)
            command.Options.Add(option);
        SetAction(command, async (parsed, client, token) =>
        {
            var pipeline = parsed.GetRequiredValue(name);
            var answer = await client.PostAsync($"{Path(pipeline)}/backfill{Query(parsed, options)}", token);
            Console.WriteLine($"Runs of pipeline {pipeline} that are asked for: {Text(answer, "runs")}.");
            return ExitCodes.Success;
        });
        return command;
    }

    private static Command Runs()
    {
        var command = new Command("runs", "Lists a pipeline's newest runs or, with --run, the steps of one and what they said.");
        var name = Name(command);
        var run = new Option<string?>("--run") { Description = "The id of a run." };
        var limit = new Option<int>("--limit") { Description = "How many runs are listed.", DefaultValueFactory = _ => 20 };
        command.Options.Add(run);
        command.Options.Add(limit);
        SetAction(command, async (parsed, client, token) =>
        {
            var path = $"{Path(parsed.GetRequiredValue(name))}/runs";
            if (parsed.GetValue(run) is { } id)
            {
                PrintRun(await client.GetAsync($"{path}/{Uri.EscapeDataString(id)}", token));
                return ExitCodes.Success;
            }

            var runs = await client.GetAsync($"{path}?limit={parsed.GetValue(limit)}", token);
            Print(["run", "kind", "status", "started", "rows", "reason"], runs.EnumerateArray().Select(r =>
                (IReadOnlyList<object?>)[Text(r, "id"), Text(r, "kind"), Text(r, "status"), Time(r, "startedAt"), Text(r, "rows"), Text(r, "reason")]));
            return ExitCodes.Success;
        });
        return command;
    }

    private static void SetAction(Command command, Func<ParseResult, PipelineClient, CancellationToken, Task<int>> work) =>
        command.SetAction((parsed, token) => CommandFrame.RunAsync(
            parsed,
            async _ =>
            {
                using var client = new PipelineClient(Address(parsed), Key(parsed));
                return await work(parsed, client, token);
            },
            printsData: true));

    private static async Task<int> WaitAsync(PipelineClient client, string pipeline, string id, CancellationToken cancellationToken)
    {
        while (true)
        {
            var details = await client.GetAsync($"{Path(pipeline)}/runs/{id}", cancellationToken);
            if (details.GetProperty("run").GetProperty("finishedAt").ValueKind != JsonValueKind.Null)
            {
                PrintRun(details);
                return Text(details.GetProperty("run"), "status") == "Succeeded" ? ExitCodes.Success : ExitCodes.Failed;
            }

            await Task.Delay(s_pause, cancellationToken);
        }
    }

    private static void PrintRun(JsonElement details)
    {
        var run = details.GetProperty("run");
        foreach (var line in details.GetProperty("logs").EnumerateArray())
            Console.WriteLine($"{Time(line, "loggedAt")} {Text(line, "level"),-11} {Text(line, "message")}");
        Print(["step", "status", "attempts", "rows", "quarantined", "reason"], details.GetProperty("steps").EnumerateArray().Select(s =>
            (IReadOnlyList<object?>)[Text(s, "step"), Text(s, "status"), s.GetProperty("attempts")
                .GetArrayLength(), Text(s, "rows"), Text(s, "quarantined"), Text(s, "reason")]));
        Console.WriteLine(
            $"{Text(run, "status")}: {Text(run, "rows")} rows loaded, {Text(run, "quarantined")} records quarantined. {Text(run, "reason")}".TrimEnd());
    }

    private static void Print(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<object?>> rows) =>
        Console.Write(TextTable.Format(new QueryResult(columns, [.. rows], Status: "")));

    private static Argument<string> Name(Command command)
    {
        var name = new Argument<string>("name") { Description = "The pipeline." };
        command.Arguments.Add(name);
        return name;
    }

    private static string Path(string pipeline) => $"/pipelines/{Uri.EscapeDataString(pipeline)}";

    private static string Query(ParseResult parsed, IEnumerable<Option<string?>> options)
    {
        var given = options
            .Where(o => parsed.GetValue(o) is not null)
            .Select(o => $"{o.Name.TrimStart('-')}={Uri.EscapeDataString(parsed.GetValue(o)!)}")
            .ToList();
        return given.Count == 0 ? "" : $"?{string.Join('&', given)}";
    }

    private static Uri Address(ParseResult parsed)
    {
        var text = parsed.GetValue(s_url) ?? Environment.GetEnvironmentVariable(AddressVariable) ?? DefaultAddress;
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new RunException($"'{text}' is no address of a worker; write it as in {DefaultAddress}.");
    }

    private static string? Key(ParseResult parsed) => parsed.GetValue(s_keyFile) is { } file
        ? File.ReadAllText(file).Trim()
        : Environment.GetEnvironmentVariable(KeyVariable) is { Length: > 0 } key ? key : null;

    private static string Text(JsonElement element, string property) => element.GetProperty(property) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { ValueKind: JsonValueKind.Null } => "",
        var other => other.GetRawText(),
    };

    private static string Time(JsonElement element, string property) => element.GetProperty(property) is { ValueKind: JsonValueKind.String } time
        ? time.GetDateTimeOffset().UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)
        : "";
}
