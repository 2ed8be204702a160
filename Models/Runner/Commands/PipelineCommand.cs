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
        ServiceAccess.Worker.AddTo(command);
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
        ServiceAccess.Worker.SetAction(command, async (_, client, token) =>
        {
            var all = await client.GetAsync("/pipelines", token);
            ServiceAnswer.Print(["pipeline", "running", "last run", "status", "next run"], all.EnumerateArray().Select(p =>
            {
                var last = p.GetProperty("runs").EnumerateArray().FirstOrDefault();
                var isThere = last.ValueKind == JsonValueKind.Object;
                return (IReadOnlyList<object?>)[ServiceAnswer.Text(p, "name"), ServiceAnswer.Text(p, "isRunning"), isThere
                    ? ServiceAnswer.Time(last, "startedAt")
                    : "", isThere ? ServiceAnswer.Text(last, "status") : "", ServiceAnswer.Time(p, "next")];
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
        ServiceAccess.Worker.SetAction(command, async (parsed, client, token) =>
        {
            var pipeline = parsed.GetRequiredValue(name);
            var run = await client.PostAsync($"{Path(pipeline)}/{verb}{ServiceAccess.Query(parsed, options)}", token);
            Console.WriteLine($"Run {ServiceAnswer.Text(run, "id")} of pipeline {pipeline} is asked for.");
            return parsed.GetValue(s_wait) ? await WaitAsync(client, pipeline, ServiceAnswer.Text(run, "id"), token) : ExitCodes.Success;
        });
        return command;
    }

    private static Command Cancel()
    {
        var command = new Command("cancel", "Stops the run that is under way, and calls off those that wait.");
        var name = Name(command);
        ServiceAccess.Worker.SetAction(command, async (parsed, client, token) =>
        {
            var answer = await client.PostAsync($"{Path(parsed.GetRequiredValue(name))}/cancel", token);
            Console.WriteLine($"Runs that were called off: {ServiceAnswer.Text(answer, "cancelled")}.");
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
        ServiceAccess.Worker.SetAction(command, async (parsed, client, token) =>
        {
            var pipeline = parsed.GetRequiredValue(name);
            var answer = await client.PostAsync($"{Path(pipeline)}/backfill{ServiceAccess.Query(parsed, options)}", token);
            Console.WriteLine($"Runs of pipeline {pipeline} that are asked for: {ServiceAnswer.Text(answer, "runs")}.");
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
        ServiceAccess.Worker.SetAction(command, async (parsed, client, token) =>
        {
            var path = $"{Path(parsed.GetRequiredValue(name))}/runs";
            if (parsed.GetValue(run) is { } id)
            {
                PrintRun(await client.GetAsync($"{path}/{Uri.EscapeDataString(id)}", token));
                return ExitCodes.Success;
            }

            var runs = await client.GetAsync($"{path}?limit={parsed.GetValue(limit)}", token);
            ServiceAnswer.Print(["run", "kind", "status", "started", "rows", "reason"], runs.EnumerateArray().Select(r =>
                (IReadOnlyList<object?>)[
                    ServiceAnswer.Text(r, "id"), ServiceAnswer.Text(r, "kind"), ServiceAnswer.Text(r, "status"), ServiceAnswer.Time(r, "startedAt"),
                    ServiceAnswer.Text(r, "rows"), ServiceAnswer.Text(r, "reason")]));
            return ExitCodes.Success;
        });
        return command;
    }

    private static async Task<int> WaitAsync(ServiceClient client, string pipeline, string id, CancellationToken cancellationToken)
    {
        while (true)
        {
            var details = await client.GetAsync($"{Path(pipeline)}/runs/{id}", cancellationToken);
            if (details.GetProperty("run").GetProperty("finishedAt").ValueKind != JsonValueKind.Null)
            {
                PrintRun(details);
                return ServiceAnswer.Text(details.GetProperty("run"), "status") == "Succeeded" ? ExitCodes.Success : ExitCodes.Failed;
            }

            await Task.Delay(s_pause, cancellationToken);
        }
    }

    private static void PrintRun(JsonElement details)
    {
        var run = details.GetProperty("run");
        foreach (var line in details.GetProperty("logs").EnumerateArray())
            Console.WriteLine($"{ServiceAnswer.Time(line, "loggedAt")} {ServiceAnswer.Text(line, "level"),-11} {ServiceAnswer.Text(line, "message")}");
        ServiceAnswer.Print(["step", "status", "attempts", "rows", "quarantined", "reason"], details.GetProperty("steps").EnumerateArray().Select(s =>
            (IReadOnlyList<object?>)[ServiceAnswer.Text(s, "step"), ServiceAnswer.Text(s, "status"), s.GetProperty("attempts")
                .GetArrayLength(), ServiceAnswer.Text(s, "rows"), ServiceAnswer.Text(s, "quarantined"), ServiceAnswer.Text(s, "reason")]));
        Console.WriteLine(
            ($"{ServiceAnswer.Text(run, "status")}: {ServiceAnswer.Text(run, "rows")} rows loaded, {ServiceAnswer.Text(run, "quarantined")} records " +
            $"quarantined. {ServiceAnswer.Text(run, "reason")}").TrimEnd());
    }

    private static Argument<string> Name(Command command)
    {
        var name = new Argument<string>("name") { Description = "The pipeline." };
        command.Arguments.Add(name);
        return name;
    }

    private static string Path(string pipeline) => $"/pipelines/{Uri.EscapeDataString(pipeline)}";
}
