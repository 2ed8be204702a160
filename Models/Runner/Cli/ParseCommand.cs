using System.CommandLine;
using Models.Runner.Artifacts;

namespace Models.Runner.Cli;

/// <c>leadline parse</c>: parses the project and reports its errors.
internal static class ParseCommand
{
    public static Command Create()
    {
        var command = new Command("parse", "Parses the project and reports its errors.");
        command.SetAction((parsed, cancellationToken) => CommandFrame.RunAsync(parsed, observer =>
        {
            var project = ProjectLoader.Load(GlobalOptions.Compile(parsed), observer, cancellationToken);
            RunArtifacts.WriteManifest(project, new Dictionary<string, string>());
            return Task.FromResult(ExitCodes.Success);
        }));
        return command;
    }
}
