using Models.Compiler.Context;
using Models.Compiler.Diagnostics;
using Models.Compiler.Graph;
using Models.Compiler.Project.Configuration;
using Models.Compiler.Project.Properties;
using Models.Compiler.Templates.Rendering;

namespace Models.Compiler.Project.Nodes;

/// <summary>What the readers of nodes share while one project is parsed. Safe for concurrent use.</summary>
internal sealed class ParseSession(DbtProject project, PropertiesIndex properties, CancellationToken cancellationToken)
{
    private readonly List<Node> _nodes = [];
    private int _modelsRead;
    private readonly HashSet<string> _unsettled = new(StringComparer.Ordinal);
    private readonly NodeConfiguration _configuration = new(project.Packages[0]);
    private readonly RelationNamer _namer = new(project);

    public DbtProject Project { get; } = project;

    public PropertiesIndex Properties { get; } = properties;

    public DiagnosticBag Diagnostics => Project.Diagnostics;

    /// <summary>How many models' files were read.</summary>
    public int ModelsRead => _modelsRead;

    /// <summary>What is wrong in the models' own files.</summary>
    public DiagnosticBag InModelFiles { get; } = new();

    /// <summary>
    /// Files of models to be read whenever the project is: what is wrong in them has to be said again, or their templates look at the
    /// moment.
    /// </summary>
    public IReadOnlySet<string> Unsettled => _unsettled;

    public ParallelOptions Parallelism { get; } = new() { CancellationToken = cancellationToken };

    /// <summary>Every node found so far, disabled ones too.</summary>
    public IReadOnlyList<Node> Nodes => _nodes;

    public void Add(Node node)
    {
        lock (_nodes)
            _nodes.Add(node);
    }

    /// <summary>Takes what was found out about a model's file beside its node.</summary>
    public void Settle(string file, DiagnosticBag found, NodeCapture? capture = null)
    {
        Interlocked.Increment(ref _modelsRead);
        if (found.Count == 0 && capture is not { IsVolatile: true })
            return;

        InModelFiles.AddRange(found.Since(0));
        lock (_unsettled)
            _unsettled.Add(file);
    }

    /// <summary>Package, the file's folders, then the names that follow.</summary>
    public static string[] Fqn(string package, string pathInFolder, params ReadOnlySpan<string> names)
    {
        var folders = pathInFolder.Split('/');
        return [package, .. folders[..^1], .. names];
    }

    /// <summary>Merges a node's settings: what is known before its template is rendered, or all of it.</summary>
    public void Configure(Node node, ProjectFile package, NodeProperties? described, NodeCapture? capture = null, IEnumerable<ConfigSetting>? more = null)
    {
        IEnumerable<ConfigSetting> settings = described?.Settings() ?? [];
        if (more is not null)
            settings = settings.Concat(more);
        node.Config = _configuration.Merge(package, node.ResourceType, node.Fqn, settings, capture?.Config ?? []);
        node.UnrenderedConfig = _configuration.Unrendered(package, node.ResourceType, node.Fqn, settings, capture?.Config ?? []);
        node.ConfiguredInFile = [.. capture?.Config.Select(c => c.Key).Distinct(StringComparer.Ordinal) ?? []];
        node.Tags = node.Config.GetStrings("tags");
        node.Group = node.Config.GetString("group");
        if (node.Config.TryGet("meta", out var meta) && meta is JinjaDict { Count: > 0 } dict)
            node.Meta = dict.ToDictionary(e => PythonText.Str(e.Key), e => e.Value, StringComparer.Ordinal);
    }

    /// <summary>Renders a node's template without a database, to learn what it reads and how it is configured.</summary>
    /// <param name="node">The node.</param>
    /// <param name="found">Takes what is wrong; the project's where null.</param>
    public NodeCapture Capture(Node node, DiagnosticBag? found = null)
    {
        found ??= Diagnostics;
        var capture = new NodeCapture();
        if (node.Template is not { } template)
            return capture;

        var context = new NodeContext(Project, node.PackageName, node, warehouse: null) { Capture = capture, Diagnostics = found };
        try
        {
            template.Render(context.Renders);
        }
        catch (DiagnosticException e)
        {
            found.Add(e.Diagnostic);
        }

        Take(node, capture, context);
        return capture;
    }

    /// <summary>Learns what a node's hooks read, once all its settings are known. What is wrong in a hook is said when it runs.</summary>
    public void CaptureHooks(Node node)
    {
        foreach (var hook in NodeHooks.Of(node).Where(TextTemplate.IsTemplate))
        {
            var capture = new NodeCapture();
            var context = new NodeContext(Project, node.PackageName, node, warehouse: null) { Capture = capture, Diagnostics = new DiagnosticBag() };
            try
            {
                var mayRead = hook.Contains("ref", StringComparison.Ordinal) || hook.Contains("source", StringComparison.Ordinal);
                TextTemplate.Render(hook, node.Span, context, mayRead && HookPlaces.Find(Project, node, hook) is { IsEmbedded: true } source ? source : null);
            }
            catch (DiagnosticException)
            {
                continue;
            }

            // a node may name itself in its hooks
            capture.Refs.RemoveAll(r => r.Name == node.Name);
            Take(node, capture, context);
        }
    }

    public static void Take(Node node, NodeCapture capture, NodeContext context)
    {
        foreach (var reference in capture.Refs)
        {
            if (!node.Refs.Any(known => known.Name == reference.Name && known.Package == reference.Package && known.Version == reference.Version))
                node.Refs.Add(reference);
        }

        foreach (var source in capture.Sources)
        {
            if (!node.SourceRefs.Any(known => known.SourceName == source.SourceName && known.TableName == source.TableName))
                node.SourceRefs.Add(source);
        }

        node.MetricRefs.AddRange(capture.Metrics);
        node.DependsOnMacros.AddRange(context.MacrosCalled.Order(StringComparer.Ordinal).Where(macro => !node.DependsOnMacros.Contains(macro)));
    }

    /// <param name="node">The node.</param>
    /// <param name="found">Takes what is wrong; the project's where null.</param>
    public void Name(RelationNode node, DiagnosticBag? found = null)
    {
        try
        {
            node.Relation = _namer.Name(node);
        }
        catch (DiagnosticException e)
        {
            (found ?? Diagnostics).Add(e.Diagnostic);
        }
    }

    /// <summary>The relation before the settings are known: what <c>this</c> shows while parsing.</summary>
    public Relation Provisional(string name) => new(Project.Target.Database, Project.Target.Schema, name);

    public void Describe(RelationNode node, NodeProperties? described)
    {
        if (described is null)
            return;

        node.Description = described.File.Description(described.Yaml["description"]);
        node.PatchPath = described.File.PatchPath;
        node.Columns = ColumnReader.Read(described.File, described.Yaml["columns"]);
    }
}
