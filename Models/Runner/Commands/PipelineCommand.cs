using System.CommandLine;
using System.Text.Json;

namespace Models.Runner.Commands;

/// <summary><c>leadline pipeline</c>: lists, starts, stops and repeats the worker's pipelines, over its API.</summary>
internal static class PipelineCommand
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(500);

    private static readonly Option<bool> s_wait = new("--wait") { Description = "Wait for the run's end; the exit code is 1 when it did not go well." };

    public static Command Create()
    {
        var command = new Command("pipeline", "Lists, starts, stops and repeats the pipelines of a worker.");
        WorkerAccess.AddTo(command);
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
        WorkerAccess.SetAction(command, async (_, client, token) =>
        {
            var all = await client.GetAsync("/pipelines", token);
            WorkerAnswer.Print(["pipeline", "running", "last run", "status", "next run"], all.EnumerateArray().Select(p =>
            {
                var last = p.GetProperty("runs").EnumerateArray().FirstOrDefault();
                var isThere = last.ValueKind == JsonValueKind.Object;
                return (IReadOnlyList<object?>)[WorkerAnswer.Text(p, "name"), WorkerAnswer.Text(p, "isRunning"), isThere
                    ? WorkerAnswer.Time(last, "startedAt")
                    : "", isThere ? WorkerAnswer.Text(last, "status") : "", WorkerAnswer.Time(p, "next")];
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
        WorkerAccess.SetAction(command, async (parsed, client, token) =>
        {
            var pipeline = parsed.GetRequiredValue(name);
            var run = await client.PostAsync($"{Path(pipeline)}/{verb}{WorkerAccess.Query(parsed, options)}", token);
            Console.WriteLine($"Run {WorkerAnswer.Text(run, "id")} of pipeline {pipeline} is asked for.");
            return parsed.GetValue(s_wait) ? await WaitAsync(client, pipeline, WorkerAnswer.Text(run, "id"), token) : ExitCodes.Success;
        });
        return command;
    }

    private static Command Cancel()
    {
        var command = new Command("cancel", "Stops the run that is under way, and calls off those that wait.");
        var name = Name(command);
        WorkerAccess.SetAction(command, async (parsed, client, token) =>
        {
            var answer = await client.PostAsync($"{Path(parsed.GetRequiredValue(name))}/cancel", token);
            Console.WriteLine($"Runs that were called off: {WorkerAnswer.Text(answer, "cancelled")}.");
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
        WorkerAccess.SetAction(command, async (parsed, client, token) =>
        {
            var pipeline = parsed.GetRequiredValue(name);
            var answer = await client.PostAsync($"{Path(pipeline)}/backfill{WorkerAccess.Query(parsed, options)}", token);
            Console.WriteLine($"Runs of pipeline {pipeline} that are asked for: {WorkerAnswer.Text(answer, "runs")}.");
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
        WorkerAccess.SetAction(command, async (parsed, client, token) =>
        {
            var path = $"{Path(parsed.GetRequiredValue(name))}/runs";
            if (parsed.GetValue(run) is { } id)
            {
                PrintRun(await client.GetAsync($"{path}/{Uri.EscapeDataString(id)}", token));
                return ExitCodes.Success;
            }

            var runs = await client.GetAsync($"{path}?limit={parsed.GetValue(limit)}", token);
            WorkerAnswer.Print(["run", "kind", "status", "started", "rows", "reason"], runs.EnumerateArray().Select(r =>
                (IReadOnlyList<object?>)[
                    WorkerAnswer.Text(r, "id"), WorkerAnswer.Text(r, "kind"), WorkerAnswer.Text(r, "status"), WorkerAnswer.Time(r, "startedAt"),
                    WorkerAnswer.Text(r, "rows"), WorkerAnswer.Text(r, "reason")]));
            return ExitCodes.Success;
        });
        return command;
    }

    private static async Task<int> WaitAsync(WorkerClient client, string pipeline, string id, CancellationToken cancellationToken)
    {
        while (true)
        {
            var details = await client.GetAsync($"{Path(pipeline)}/runs/{id}", cancellationToken);
            if (details.GetProperty("run").GetProperty("finishedAt").ValueKind != JsonValueKind.Null)
            {
                PrintRun(details);
                return WorkerAnswer.Text(details.GetProperty("run"), "status") == "Succeeded" ? ExitCodes.Success : ExitCodes.Failed;
            }

            await Task.Delay(s_pause, cancellationToken);
        }
    }

    private static void PrintRun(JsonElement details)
    {
        var run = details.GetProperty("run");
        foreach (var line in details.GetProperty("logs").EnumerateArray())
            Console.WriteLine($"{WorkerAnswer.Time(line, "loggedAt")} {WorkerAnswer.Text(line, "level"),-11} {WorkerAnswer.Text(line, "message")}");
        WorkerAnswer.Print(["step", "status", "attempts", "rows", "quarantined", "reason"], details.GetProperty("steps").EnumerateArray().Select(s =>
            (IReadOnlyList<object?>)[WorkerAnswer.Text(s, "step"), WorkerAnswer.Text(s, "status"), s.GetProperty("attempts")
                .GetArrayLength(), WorkerAnswer.Text(s, "rows"), WorkerAnswer.Text(s, "quarantined"), WorkerAnswer.Text(s, "reason")]));
        Console.WriteLine(
            ($"{WorkerAnswer.Text(run, "status")}: {WorkerAnswer.Text(run, "rows")} rows loaded, {WorkerAnswer.Text(run, "quarantined")} records " +
            $"quarantined. {WorkerAnswer.Text(run, "reason")}").TrimEnd());
    }

    private static Argument<string> Name(Command command)
    {
        var name = new Argument<string>("name") { Description = "The pipeline." };
        command.Arguments.Add(name);
        return name;
    }

    private static string Path(string pipeline) => $"/pipelines/{Uri.EscapeDataString(pipeline)}";
}
