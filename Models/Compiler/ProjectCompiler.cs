using System.Collections.Concurrent;
using System.Data.Common;
using Models.Analysis;
using Models.Analysis.Diagnostics;
using Models.Artifacts;
using Models.Compiler.CodeGeneration;
using Models.Compiler.Predictions;
using Models.Diagnostics;
using Models.Parsing;
using Models.Postgres.Machine;
using Models.Project.Configuration;
using Models.Project.Diagnostics;
using Models.Project.Graph;
using Models.Project.Store;

namespace Models.Compiler;

/// <summary>The entry point of the compiler: it compiles a project folder to diagnostics, artifacts and C#.</summary>
public static class ProjectCompiler
{
    /// <summary>Compiles a project. User errors are diagnostics in the result, never exceptions.</summary>
    public static async Task<CompilationResult> CompileAsync(
        CompileOptions options, BuildOptions build, CancellationToken cancellationToken)
    {
        var cachePath = build.CacheDirectory is { } folder ? Path.Combine(folder, BuildStore.Analysis) : null;
        var cache = cachePath is null ? AnalysisCache.Empty : AnalysisCache.Load(cachePath);

        var known = build.CacheDirectory is null ? RenderCache.Empty : RenderCache.Load(Path.Combine(build.CacheDirectory, BuildStore.Rendered));

        var read = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in cache.EnvironmentVariables.Concat(known.EnvironmentVariables))
            read[name] = name;

        // start a server that will be needed in parallel with the parse
        await using var server = new AnalysisServer(build.ServerConnectionString);

        // the analysis covers what a build would run
        var asked = options with
        {
            Command = "build",
            EnvironmentRead = read,
            PartialParse = build.CacheDirectory is null ? options.PartialParse : null,
            ParseRecordFolder = build.CacheDirectory,
            TargetRead = target =>
            {
                server.TargetDatabase = target.Database;
                if (build.Analysis && cache.IsEmpty)
                    _ = server.Begin(cancellationToken);
            },
            ModelsChanged = () => _ = build.Analysis ? server.Begin(cancellationToken) : null,
        };
        var project = ProjectParser.Parse(asked, cancellationToken);

        var renderer = new NodeRenderer(project);
        var rendered = renderer.RenderAll([.. project.Graph.InOrder.Where(NeedsRendering)], known, cancellationToken);
        var analysis = build.Analysis ? await AnalyseAsync(project, renderer, rendered, cache, server, build, cancellationToken) : null;
        if (analysis is null)
        {
            foreach (var mistake in rendered.Values.Select(r => r.Mistake).OfType<Diagnostic>())
                project.Diagnostics.Add(mistake);
        }

        var nodes = analysis?.Results ?? [];
        var predictions = ProjectPredictions.Read(project, nodes, project.Diagnostics);
        var diagnostics = Sorted(project.Diagnostics, analysis, build.TreatWarningsAsErrors);
        var succeeded = !diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error);
        var code = build.CodeDirectory is { } codeFolder ? RowTypeFiles.Write(project, nodes, predictions, codeFolder, keepOnly: succeeded) : [];
        var other = new List<string>();
        var entries = CacheEntries(analysis?.Rendered ?? rendered);
        if (build.WriteArtifacts)
            other.AddRange(CompiledFiles.Write(project, analysis?.Rendered ?? rendered, nodes, build.CacheDirectory, entries));

        string[] environment = [.. read.Keys.Order(StringComparer.Ordinal)];
        if (cachePath is not null && analysis is not null)
            cache.Save(cachePath, environment);

        if (build.CacheDirectory is { } kept)
        {
            RenderCache.Save(Path.Combine(kept, BuildStore.Rendered), entries.ToList(), environment);
            other.AddRange(BuildStore.FilesIn(kept));
        }

        return new CompilationResult
        {
            Project = project,
            Nodes = nodes,
            Diagnostics = diagnostics,
            CodeFiles = code,
            OtherFiles = other,
            EnvironmentVariables = environment,
            InputFiles = InputsElsewhere.Files(project),
            InputFolders = InputsElsewhere.Folders(project),
            AnalysedCount = analysis?.AnalysedCount ?? 0,
        };
    }

    private static ConcurrentDictionary<string, RenderEntry> CacheEntries(IDictionary<string, RenderedNode> rendered)
    {
        var entries = new ConcurrentDictionary<string, RenderEntry>(StringComparer.Ordinal);
        foreach (var (id, node) in rendered)
        {
            if (node.CacheEntry is { } entry)
                entries[id] = entry;
        }

        return entries;
    }

    private static bool NeedsRendering(Node node) =>
        node is ModelNode or SnapshotNode or AnalysisNode or FunctionNode || (node is TestNode test && !QueryAnalyser.IsColumnTest(test));

    /// <summary>Returns null if no server is available. If the connection is lost, a server is started once more.</summary>
    private static async Task<AnalysisScope?> AnalyseAsync(
        ParsedProject project,
        NodeRenderer renderer,
        ConcurrentDictionary<string, RenderedNode> rendered,
        AnalysisCache cache,
        AnalysisServer server,
        BuildOptions build,
        CancellationToken cancellationToken)
    {
        var place = SourceSpan.WholeFile(Path.Combine(project.Options.ProjectDirectory, "dbt_project.yml"));
        try
        {
            return await ProjectAnalysis.RunAsync(project, renderer, rendered, cache, server, cancellationToken);
        }
        catch (PostgresServerException e)
        {
            project.Diagnostics.Add(SqlDiagnostics.NoServer(place, e.Message));
            return null;
        }
        catch (DbException)
        {
            // the connection was lost or rejected; the second attempt shows which
        }

        await using var second = new AnalysisServer(build.ServerConnectionString) { TargetDatabase = project.Target.Database };
        try
        {
            return await ProjectAnalysis.RunAsync(project, renderer, rendered, cache, second, cancellationToken);
        }
        catch (Exception e) when (e is DbException or PostgresServerException)
        {
            var reason = e.Message.ReplaceLineEndings(" ").TrimEnd('.');
            project.Diagnostics.Add(build.ServerConnectionString is null
                ? SqlDiagnostics.ServerLost(place, reason)
                : SqlDiagnostics.ServerRefuses(place, reason));
            return null;
        }
    }

    private static IReadOnlyList<Diagnostic> Sorted(DiagnosticBag parsing, AnalysisScope? analysis, bool warningsAsErrors)
    {
        var all = new DiagnosticBag();
        foreach (var diagnostic in parsing.ToSortedList().Concat(analysis?.Diagnostics.ToSortedList() ?? []))
        {
            // the parser does not know the source's columns in the target or the lock file
            if (ProjectDiagnostics.IsSourceWithoutColumns(diagnostic) && analysis?.LocatedSources.Contains(diagnostic.Span) == true)
                continue;

            all.Add(warningsAsErrors && diagnostic.Severity == DiagnosticSeverity.Warning
                ? diagnostic with { Descriptor = diagnostic.Descriptor with { Severity = DiagnosticSeverity.Error } }
                : diagnostic);
        }

        return all.ToSortedList();
    }
}
