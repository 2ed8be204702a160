using System.CommandLine;
using System.Text.Json;

namespace Models.Runner.Commands;

/// <summary><c>leadline models</c>: the trained models of a prediction, over the API that serves their scores.</summary>
internal static class ModelsCommand
{
    private static readonly Option<string?> s_prediction = new("--prediction")
    {
        Description = "The declared prediction whose models are meant; by default lead_conversion.", Recursive = true,
    };

    public static Command Create()
    {
        var command = new Command("models", "Lists, shows and promotes the trained models of a prediction.");
        ServiceAccess.Api.AddTo(command);
        command.Options.Add(s_prediction);
        command.Subcommands.Add(List());
        command.Subcommands.Add(Show());
        command.Subcommands.Add(Changing("promote", "Makes a model the champion; the present one is archived."));
        command.Subcommands.Add(Changing("archive", "Puts a model away that is not the champion."));
        command.Subcommands.Add(RollBack());
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "Lists the models, the newest first.");
        ServiceAccess.Api.SetAction(command, async (parsed, client, token) =>
        {
            var models = await client.GetAsync($"/models{Query(parsed)}", token);
            ServiceAnswer.Print(["version", "status", "learner", "auc", "log loss", "trained", "verdict"], models.EnumerateArray().Select(model =>
                (IReadOnlyList<object?>)[
                    ServiceAnswer.Text(model, "version"), ServiceAnswer.Text(model, "status"), ServiceAnswer.Text(model, "learner"),
                    Metric(model, "auc"), Metric(model, "log_loss"), ServiceAnswer.Time(model, "created_at"), ServiceAnswer.Text(model, "verdict")]));
            return ExitCodes.Success;
        });
        return command;
    }

    private static Command Show()
    {
        var command = new Command("show", "Prints the card of a model, in Markdown.");
        var version = Version(command);
        ServiceAccess.Api.SetAction(command, async (parsed, client, token) =>
        {
            Console.WriteLine((await client.GetTextAsync($"/models/{parsed.GetRequiredValue(version)}/card{Query(parsed)}", token)).TrimEnd());
            return ExitCodes.Success;
        });
        return command;
    }

    private static Command Changing(string verb, string description)
    {
        var command = new Command(verb, description);
        var version = Version(command);
        ServiceAccess.Api.SetAction(command, async (parsed, client, token) =>
            Print(await client.PostAsync($"/models/{parsed.GetRequiredValue(version)}/{verb}{Query(parsed)}", token)));
        return command;
    }

    private static Command RollBack()
    {
        var command = new Command("rollback", "Makes the model champion that was it before the present one.");
        ServiceAccess.Api.SetAction(command, async (parsed, client, token) => Print(await client.PostAsync($"/models/rollback{Query(parsed)}", token)));
        return command;
    }

    private static int Print(JsonElement model)
    {
        Console.WriteLine(
            $"Model {ServiceAnswer.Text(model, "version")} ({ServiceAnswer.Text(model, "learner")}) is {ServiceAnswer.Text(model, "status")} now.");
        return ExitCodes.Success;
    }

    private static string Metric(JsonElement model, string name) =>
        model.GetProperty("metrics") is { ValueKind: JsonValueKind.Object } metrics && metrics.GetProperty(name) is { ValueKind: JsonValueKind.Number } value
            ? value.GetDouble().ToString("0.0000", System.Globalization.CultureInfo.InvariantCulture)
            : "";

    private static string Query(ParseResult parsed) => ServiceAccess.Query(parsed, [s_prediction]);

    private static Argument<int> Version(Command command)
    {
        var version = new Argument<int>("version") { Description = "The model's version." };
        command.Arguments.Add(version);
        return version;
    }
}
