using System.CommandLine;
using Models.Jinja.Rendering;
using Models.Runner.Execution;

namespace Models.Runner.Cli;

/// <summary><c>leadline run-operation</c>: calls one macro.</summary>
internal static class RunOperationCommand
{
    public static Command Create()
    {
        var command = new Command("run-operation", "Calls a macro, for what it does in the database.");
        var macro = new Argument<string>("macro") { Description = "The macro's name, or package.name." };
        var arguments = new Option<string?>("--args") { Description = "The macro's arguments as a yaml map." };
        var threads = new Option<int?>("--threads") { Description = "Taken for dbt's sake; one macro runs.", Hidden = true };
        command.Arguments.Add(macro);
        command.Options.Add(arguments);
        command.Options.Add(threads);
        command.SetAction((parsed, cancellationToken) => CommandFrame.RunAsync(parsed, async observer =>
        {
            var call = new CallArguments([], [.. CommandLineVars.Parse(parsed.GetValue(arguments), "--args")]);
            var project = ProjectLoader.Load(GlobalOptions.Compile(parsed), observer, cancellationToken);
            await using var target = TargetAccess.Open(project);
            try
            {
                project.CallMacro(parsed.GetRequiredValue(macro), call, target.Warehouse);
                return ExitCodes.Success;
            }
            catch (Exception failure) when (Failures.IsAnswer(failure))
            {
                await Console.Error.WriteLineAsync(Failures.Describe(failure));
                return ExitCodes.Failed;
            }
        }));
        return command;
    }
}
