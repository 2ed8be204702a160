using System.CommandLine;
using Models.Compiler;
using Models.Runner.Flags;

namespace Models.Runner.Commands;

/// <c>leadline diff --state FOLDER</c>: reports changes that break the readers of a model.
internal static class DiffCommand
{
    public static Command Create()
    {
        var command = new Command("diff", "Compares the project with an earlier manifest and reports changes that break readers.");
        var state = new StateFlags();
        state.AddTo(command);
        command.SetAction((parsed, cancellationToken) => CommandFrame.RunAsync(parsed, async _ =>
        {
            var folder = Path.GetFullPath(state.RequireState(parsed));
            var result = await LineageCommand.CompileAsync(GlobalOptions.Compile(parsed), cancellationToken);
            var found = BreakingChanges.Find(Path.Combine(folder, "manifest.json"), result);
            foreach (var diagnostic in found)
                Console.WriteLine(diagnostic.ToString());

            Console.WriteLine(found.Count == 0 ? "No breaking changes." : $"{found.Count} breaking {(found.Count == 1 ? "change" : "changes")}.");
            return found.Count == 0 ? ExitCodes.Success : ExitCodes.Failed;
        }));
        return command;
    }
}
