using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using Models.Database.Catalog;
using Models.Engine;
using Models.Engine.Artifacts;
using Models.Engine.Targets;
using Models.Project.Graph;
using Models.Runner.Docs;
using Models.Runner.Flags;

namespace Models.Runner.Commands;

/// <summary><c>leadline docs generate</c> and <c>serve</c>.</summary>
internal static class DocsCommand
{
    private static readonly IReadOnlySet<ResourceType> s_described = new HashSet<ResourceType>
    {
        ResourceType.Model, ResourceType.Seed, ResourceType.Snapshot, ResourceType.Source,
    };

    private static readonly IReadOnlySet<ResourceType> s_all = s_described.Union(NodeCompilation.Types).ToHashSet();

    public static Command Create() => new("docs", "Writes and shows the project's documentation.") { Generate(), Serve() };

    private static Command Generate()
    {
        var selection = new SelectionFlags();
        var state = new StateFlags();
        var rendering = new RenderingFlags();
        var compile = new Option<bool?>("--compile") { Description = "Put compiled SQL into the manifest (the default)." };
        var emptyCatalog = new Option<bool>("--empty-catalog") { Description = "Write an empty catalog without querying the database." };
        var isStatic = new Option<bool>("--static") { Description = "Also write static_index.html, which contains all data." };
        var command = new Command("generate", "Writes index.html, manifest.json and catalog.json under target.");
        selection.AddTo(command);
        state.AddTo(command);
        rendering.AddTo(command);
        foreach (var option in (Option[])[compile, emptyCatalog, isStatic])
            command.Options.Add(option);
        command.SetAction((parsed, cancellationToken) => CommandFrame.RunAsync(parsed, async observer =>
        {
            var project = ProjectLoader.Load(rendering.Read(parsed), observer, cancellationToken);
            await using var target = TargetAccess.Open(project, observer);
            using var previous = state.Open(parsed, project, observer);
            var options = selection.Read(parsed);
            var nodes = SelectedNodes.Of(target, options, s_all, observer, previous);
            if (parsed.GetValue(compile) != false && !await CompileAsync(target, options, nodes))
                return ExitCodes.Failed;

            var described = nodes.OfType<RelationNode>().Where(n => s_described.Contains(n.ResourceType)).ToList();
            var catalog = parsed.GetValue(emptyCatalog) ? [] : await CatalogTables.ReadAsync(target.Session, described, cancellationToken);
            Directory.CreateDirectory(project.TargetPath);
            CatalogWriter.Write(Path.Combine(project.TargetPath, "catalog.json"), catalog, TimeProvider.System.GetUtcNow());
            Assets.Copy(project.Options.ProjectDirectory, project.AssetPaths, project.TargetPath);
            observer.Message($"Catalog written to {Path.Combine(project.TargetPath, "catalog.json")}", isWarning: false);
            await File.WriteAllTextAsync(Path.Combine(project.TargetPath, "index.html"), DocsSite.Page(), cancellationToken);
            if (parsed.GetValue(isStatic))
            {
                var page = Path.Combine(project.TargetPath, "static_index.html");
                await File.WriteAllTextAsync(page, DocsSite.StaticPage(project.TargetPath), cancellationToken);
                observer.Message($"The documentation with all data is in {page}", isWarning: false);
            }

            return ExitCodes.Success;
        }));
        return command;
    }

    /// <summary>Compiles the selected nodes, and writes manifest.json and run_results.json.</summary>
    /// <returns>False if a node cannot be compiled, which is reported.</returns>
    private static async Task<bool> CompileAsync(TargetAccess target, SelectionOptions options, IEnumerable<Node> nodes)
    {
        var summary = NodeCompilation.Run(target.Project, target, nodes.Where(n => NodeCompilation.Types.Contains(n.ResourceType)));
        RunArtifacts.Write(
            target.Project, summary, new RunOptions { Verb = RunVerb.Run, Which = "generate", Compile = target.Project.Options, Selection = options });
        await NodeCompilation.ReportFailuresAsync(summary);
        return summary.Success;
    }

    private static Command Serve()
    {
        var port = new Option<int>("--port") { Description = "The port to listen on.", DefaultValueFactory = _ => 8080 };
        var host = new Option<string>(
            "--host") { Description = "The name or address to listen on; 0.0.0.0 also accepts other machines.", DefaultValueFactory = _ => "127.0.0.1" };
        var browser = new Option<bool?>("--browser") { Description = "Open a browser (the default in a terminal)." };
        var command = new Command("serve", "Shows the documentation in a browser.");
        foreach (var option in (Option[])[port, host, browser])
            command.Options.Add(option);
        command.SetAction((parsed, cancellationToken) => CommandFrame.RunAsync(parsed, async observer =>
        {
            var project = ProjectLoader.Load(GlobalOptions.Compile(parsed), observer, cancellationToken, announces: false);
            if (!File.Exists(Path.Combine(project.TargetPath, "manifest.json")))
                RunArtifacts.WriteManifest(project, new Dictionary<string, string>());
            await using var server = await DocsServer.StartAsync(project.TargetPath, parsed.GetRequiredValue(host), parsed.GetValue(port), cancellationToken);
            observer.Message($"Documentation at {server.Address}; press Ctrl-C to stop", isWarning: false);
            if (parsed.GetValue(browser) ?? !Console.IsOutputRedirected)
                Open(server.Address);
            await server.RunAsync(cancellationToken);
            return ExitCodes.Success;
        }));
        return command;
    }

    private static void Open(string address)
    {
        try
        {
            using var opened = Process.Start(new ProcessStartInfo(address) { UseShellExecute = true });
        }
        catch (Exception none) when (none is Win32Exception or InvalidOperationException)
        {
            // the machine has no browser; the address is already shown
        }
    }
}
