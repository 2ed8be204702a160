using System.CommandLine;
using Models.Engine;
using Models.Engine.Artifacts;
using Models.Runner.Flags;

namespace Models.Runner.Commands;

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
