using System.CommandLine;
using Models.Compiler.Graph;
using Models.Runner.Artifacts;
using Models.Runner.Docs;
using Models.Runner.Execution;

namespace Models.Runner.Cli;

/// <summary><c>leadline docs generate</c> and <c>serve</c>.</summary>
internal static class DocsCommand
{
    private static readonly IReadOnlySet<ResourceType> Types = new HashSet<ResourceType>
    {
        ResourceType.Model, ResourceType.Seed, ResourceType.Snapshot, ResourceType.Source,
    };

    public static Command Create() => new("docs", "Writes and shows the project's documentation.") { Generate(), Serve() };

    private static Command Generate()
    {
        var selection = new SelectionFlags();
        var command = new Command("generate", "Writes manifest.json and catalog.json under target.");
        selection.AddTo(command);
        command.SetAction((parsed, cancellationToken) => CommandFrame.RunAsync(parsed, async observer =>
        {
            var project = ProjectLoader.Load(GlobalOptions.Compile(parsed), observer, cancellationToken);
            await using var target = TargetAccess.Open(project);
            var nodes = target.Select(selection.Read(parsed), Types, observer).OfType<RelationNode>().ToList();
            var catalog = await CatalogReader.ReadAsync(target.Session, nodes, cancellationToken);
            Directory.CreateDirectory(project.TargetPath);
            CatalogWriter.Write(Path.Combine(project.TargetPath, "catalog.json"), catalog, TimeProvider.System.GetUtcNow());
            RunArtifacts.WriteManifest(project, new Dictionary<string, string>());
            observer.Said($"Catalog written to {Path.Combine(project.TargetPath, "catalog.json")}", isWarning: false);
            return ExitCodes.Success;
        }));
        return command;
    }

    private static Command Serve()
    {
        var port = new Option<int>("--port") { Description = "The port to listen on.", DefaultValueFactory = _ => 8080 };
        var command = new Command("serve", "Shows the documentation in a browser.");
        command.Options.Add(port);
        command.SetAction((parsed, cancellationToken) => CommandFrame.RunAsync(parsed, async observer =>
        {
            var project = ProjectLoader.Load(GlobalOptions.Compile(parsed), observer, cancellationToken);
            using var server = DocsServer.Start(project, parsed.GetValue(port));
            observer.Said($"Documentation at {server.Address}; press Ctrl-C to stop", isWarning: false);
            await server.RunAsync(cancellationToken);
            return ExitCodes.Success;
        }));
        return command;
    }
}
