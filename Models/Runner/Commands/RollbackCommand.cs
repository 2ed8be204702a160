using System.CommandLine;
using Models.Database.Definitions;
using Models.Engine;
using Models.Engine.BlueGreen;
using Models.Engine.Targets;
using Models.Runner.Flags;

namespace Models.Runner.Commands;

/// <c>leadline rollback</c>: restores the schemas from before the last blue/green build.
internal static class RollbackCommand
{
    public static Command Create()
    {
        var command = new Command("rollback", "Restores the schemas from before the last 'build --blue-green'.");
        command.SetAction((parsed, cancellationToken) => CommandFrame.RunAsync(parsed, async observer =>
        {
            var project = ProjectLoader.Load(GlobalOptions.Compile(parsed), observer, cancellationToken);
            await using var target = TargetAccess.Open(project, observer);
            var schemas = ShadowBuild.RelationsOf(project).Select(n => n.Relation.Schema).Distinct(StringComparer.Ordinal).ToList();
            await SchemaSwap.RollBackAsync(target.Session, schemas, cancellationToken);
            observer.Message($"Swapped back: {string.Join(", ", schemas)}.", isWarning: false);
            return ExitCodes.Success;
        }));
        return command;
    }
}
