using Models.Diagnostics;
using Models.Parsing.Files;
using Models.Parsing.Graph;
using Models.Parsing.Nodes;
using Models.Parsing.Packages;
using Models.Parsing.PartialParsing;
using Models.Parsing.Profiles;
using Models.Parsing.Properties;
using Models.Project.Configuration;
using Models.Project.Graph;
using Models.Project.Store;
using Models.Project.Yaml;
using Models.Rendering.Context;
using Models.Rendering.Macros;

namespace Models.Parsing;

/// <summary>Parses a project and its packages into a graph. User errors are diagnostics in the result, never exceptions.</summary>
public static class ProjectParser
{
    /// <exception cref="OperationCanceledException">The parse was cancelled.</exception>
    public static ParsedProject Parse(CompileOptions options, CancellationToken cancellationToken)
    {
        options = options with { ProjectDirectory = Path.GetFullPath(options.ProjectDirectory), Reads = new() };
        var diagnostics = new DiagnosticBag();
        if (ProjectFileReader.Load(options.ProjectDirectory, diagnostics) is not var (source, yaml))
            return ParsedProject.Failed(options, diagnostics);

        if (ReadTarget(options, diagnostics, yaml) is not { } target)
            return ParsedProject.Failed(options, diagnostics);

        options.TargetRead?.Invoke(target);
        NodeContext NewContext() => Bootstrap.NewContext(options, diagnostics, target);
        var vars = VarsFile.Read(options.ProjectDirectory, diagnostics);
        var rendering = new YamlRendering(Bootstrap.NewContext(VarsFile.Over(vars, options), diagnostics, target), diagnostics);
        if (new ProjectFileReader(source, yaml, rendering, diagnostics, vars).Read() is not { } root)
            return ParsedProject.Failed(options, diagnostics);

        var packages = new PackageLoader(root, NewContext, diagnostics).Load();
        VersionCheck.Report(packages, options, diagnostics);
        var files = new PackageFiles[packages.Count];
        var jinjaExtensions = root.Flags.TryGetValue("allow_jinja_file_extensions", out var allowed) && allowed is true;
        for (var i = 0; i < files.Length; i++)
            files[i] = new PackageFiles(packages[i], jinjaExtensions, diagnostics);
        var project = new DbtProject
        {
            Name = root.Name,
            Options = options,
            Target = target,
            Diagnostics = diagnostics,
            Macros = new MacroIndex(root.Name, MacroLoader.Load(files, diagnostics, cancellationToken), root.DispatchOrder),
            Vars = new VarLookup(options, root, packages.ToDictionary(p => p.Name, StringComparer.Ordinal)),
            Packages = packages,
            Flags = new FlagsObject(options, root.Flags),
            RunStartedAt = options.TimeProvider.GetUtcNow(),
        };
        return Parse(project, files, cancellationToken);
    }

    /// <summary>
    /// Reads only the target, for callers that connect while the project is still being parsed. Returns null if there is none; the parse reports why.
    /// </summary>
    public static Target? ReadTarget(CompileOptions options)
    {
        options = options with { ProjectDirectory = Path.GetFullPath(options.ProjectDirectory) };
        var diagnostics = new DiagnosticBag();
        return ProjectFileReader.Load(options.ProjectDirectory, diagnostics) is var (_, yaml) ? ReadTarget(options, diagnostics, yaml) : null;
    }

    private static ParsedProject Parse(DbtProject project, IReadOnlyList<PackageFiles> files, CancellationToken cancellationToken)
    {
        var partial = PartialParse.For(project, files);
        var read = partial?.TakeOver(cancellationToken) ?? FullParse.Read(project, files, cancellationToken);
        partial?.BeginSave(read);

        var session = read.Session;
        new HookReader(session).Read();
        project.Diagnostics.AddRange(session.InModelFiles.Since(0));
        var lookup = new NodeLookup(project.Name, session.Nodes);
        var restricted = project.Packages.Where(p => p.RestrictAccess).Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        var graph = new GraphBuilder(lookup, project.Diagnostics, restricted).Build(session.Nodes);
        ProjectChecks.Report(session, graph, read.Groups);
        NameChecks.Report(graph, session);

        // templates see the graph's nodes, whose references are resolved
        lookup = new NodeLookup(project.Name, session.Nodes.Select(n => n.Config.Enabled && graph.TryGet(n.UniqueId, out var resolved) ? resolved : n));
        var relations = RelationMap.Target.Reading(project.Options.Sample, project.Options.Empty);
        return new ParsedProject(project, new ResolvedProject(lookup, graph, relations, []), MacroProperties.Describe(project.Macros, read.Macros))
        {
            ContentHashes = partial?.EndSave() ?? new Dictionary<string, Digest>(),
            ConfigurationFiles = [.. project.Packages.SelectMany(p => p.OwnFiles), .. files.SelectMany(f => f.Properties).Select(p => p.Absolute)],
            Disabled = [.. session.Nodes.Where(n => !n.Config.Enabled).OrderBy(n => n.UniqueId, StringComparer.Ordinal)],
            Docs = read.Docs,
            Groups = read.Groups,
            Inputs = partial?.Inputs,
            ModelsRead = session.ModelsRead,
        };
    }

    private static Target? ReadTarget(CompileOptions options, DiagnosticBag diagnostics, YamlMapping yaml)
    {
        var context = Bootstrap.NewContext(options, diagnostics, Bootstrap.NoTarget, mayReadSecrets: true);
        var rendering = new YamlRendering(context, diagnostics);
        var name = yaml["profile"] is { } profile ? rendering.Value(profile)?.ToString() : null;
        var place = yaml["profile"]?.Span ?? yaml.Span;
        return new ProfileReader(options, rendering, diagnostics).Read(name, options.ProjectDirectory, place);
    }
}
