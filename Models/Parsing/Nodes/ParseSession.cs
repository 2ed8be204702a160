using Models.Diagnostics;
using Models.Jinja.Rendering;
using Models.Parsing.Properties;
using Models.Project.Files;
using Models.Project.Graph;
using Models.Rendering.Context;

namespace Models.Parsing.Nodes;

/// <summary>The state that the readers of nodes share while one project is parsed. Safe for concurrent use.</summary>
internal sealed class ParseSession(DbtProject project, PropertiesIndex properties, CancellationToken cancellationToken)
{
    private readonly List<Node> _nodes = [];
    private int _modelsRead;
    private readonly HashSet<string> _alwaysReparse = new(StringComparer.Ordinal);
    private readonly NodeConfiguration _configuration = new(project.Packages[0]);
    private readonly RelationNamer _namer = new(project);

    public DbtProject Project { get; } = project;

    public PropertiesIndex Properties { get; } = properties;

    public DiagnosticBag Diagnostics => Project.Diagnostics;

    /// <summary>The number of model files read.</summary>
    public int ModelsRead => _modelsRead;

    /// <summary>The diagnostics of model files.</summary>
    public DiagnosticBag InModelFiles { get; } = new();

    /// <summary>
    /// The model files that every parse reads, changed or not: their diagnostics must be reported again, or their templates depend on the time of the
    /// parse.
    /// </summary>
    public IReadOnlySet<string> AlwaysReparse => _alwaysReparse;

    public ParallelOptions Parallelism { get; } = new() { CancellationToken = cancellationToken };

    /// <summary>All nodes parsed so far, including disabled ones.</summary>
    public IReadOnlyList<Node> Nodes => _nodes;

    public void Add(Node node)
    {
        lock (_nodes)
            _nodes.Add(node);
    }

    /// <summary>Orders the nodes from an index on by the paths of their files.</summary>
    public void SortByPath(int first)
    {
        lock (_nodes)
        {
            _nodes.Sort(first, _nodes.Count - first, Comparer<Node>.Create((a, b) => string.CompareOrdinal(a.OriginalFilePath, b.OriginalFilePath)));
        }
    }

    /// <inheritdoc cref="RelationNamer.LongSchemas"/>
    public IReadOnlyCollection<string> LongSchemas(string kept) => _namer.LongSchemas(kept);

    /// <summary>Counts a model file as read, and stores its diagnostics.</summary>
    public void FinishModelFile(string file, DiagnosticBag found, NodeCapture? capture = null)
    {
        Interlocked.Increment(ref _modelsRead);
        if (found.Count == 0 && capture is not { IsVolatile: true })
            return;

        InModelFiles.AddRange(found.Since(0));
        lock (_alwaysReparse)
            _alwaysReparse.Add(file);
    }

    /// <summary>Builds the fqn: the package, the file's folders, then the given names.</summary>
    public static string[] Fqn(string package, string pathInFolder, params ReadOnlySpan<string> names)
    {
        var folders = pathInFolder.Split('/');
        return [package, .. folders[..^1], .. names];
    }

    /// <summary>Returns the node with its merged settings: those known before its template is rendered, or all of them.</summary>
    public TNode Configure<TNode>(
        TNode node, ProjectFile package, NodeProperties? described, NodeCapture? capture = null, IEnumerable<ConfigSetting>? more = null)
        where TNode : Node
    {
        IEnumerable<ConfigSetting> settings = described?.Settings() ?? [];
        if (more is not null)
            settings = settings.Concat(more);
        var config = _configuration.Merge(package, node.ResourceType, node.Fqn, settings, capture?.Config ?? []);
        return node with
        {
            Config = config,
            UnrenderedConfig = _configuration.Unrendered(package, node.ResourceType, node.Fqn, settings, capture?.Config ?? []),
            ConfiguredInFile = [.. capture?.Config.Select(c => c.Key).Distinct(StringComparer.Ordinal) ?? []],
            Tags = config.GetStrings("tags"),
            Group = config.GetString("group"),
            Meta = config.TryGet("meta", out var meta) && meta is JinjaDict { Count: > 0 } dict
                ? dict.ToDictionary(e => PythonText.Str(e.Key), e => e.Value, StringComparer.Ordinal)
                : node.Meta,
        };
    }

    /// <summary>Renders a node's template without a database to find its references and settings.</summary>
    /// <param name="node">The node.</param>
    /// <param name="found">Receives the errors; null for the project's diagnostics.</param>
    /// <returns>The node with its references, and the other captured data.</returns>
    public (TNode Node, NodeCapture Capture) Capture<TNode>(TNode node, DiagnosticBag? found = null)
        where TNode : Node
    {
        found ??= Diagnostics;
        var capture = new NodeCapture();
        if (node.Template is not { } template)
            return (node, capture);

        var context = new NodeContext(Project, node.PackageName, node, connection: null) { Capture = capture, Diagnostics = found };
        try
        {
            template.Render(context.Renders);
        }
        catch (DiagnosticException e)
        {
            found.Add(e.Diagnostic);
        }

        return (AddReads(node, capture, context), capture);
    }

    /// <summary>Returns the node with the references in its hooks, once all its settings are known. Errors in a hook are reported when it runs.</summary>
    public TNode CaptureHooks<TNode>(TNode node)
        where TNode : Node
    {
        foreach (var hook in HookTemplates.Of(node).Where(TextTemplate.IsTemplate))
        {
            var capture = new NodeCapture();
            var context = new NodeContext(Project, node.PackageName, node, connection: null) { Capture = capture, Diagnostics = new DiagnosticBag() };
            try
            {
                var mayRead = hook.Contains("ref", StringComparison.Ordinal) || hook.Contains("source", StringComparison.Ordinal);
                TextTemplate.Render(hook, node.Span, context, mayRead && HookPlaces.Find(Project, node, hook) is { IsEmbedded: true } source ? source : null);
            }
            catch (DiagnosticException)
            {
                continue;
            }

            // a node may reference itself in its hooks
            capture.Refs.RemoveAll(r => r.Name == node.Name);
            node = AddReads(node, capture, context);
        }

        return node;
    }

    /// <summary>Returns the node with the references found by a rendering: each once, in the order of their first use.</summary>
    public static TNode AddReads<TNode>(TNode node, NodeCapture capture, NodeContext context)
        where TNode : Node => node with
        {
            Refs = Union(node.Refs, capture.Refs, (a, b) => a.Name == b.Name && a.Package == b.Package && a.Version == b.Version),
            SourceRefs = Union(node.SourceRefs, capture.Sources, (a, b) => a.SourceName == b.SourceName && a.TableName == b.TableName),
            FunctionRefs = Union(node.FunctionRefs, capture.Functions, (a, b) => a.Name == b.Name && a.Package == b.Package),
            MetricRefs = capture.Metrics.Count == 0 ? node.MetricRefs : [.. node.MetricRefs, .. capture.Metrics],
            DependsOnMacros =
                [.. node.DependsOnMacros, .. context.Calls.All.Order(StringComparer.Ordinal).Where(macro => !node.DependsOnMacros.Contains(macro))],
            DirectMacros = [.. node.DirectMacros.Union(context.Calls.Direct)],
        };

    private static IReadOnlyList<T> Union<T>(IReadOnlyList<T> known, List<T> more, Func<T, T, bool> same)
    {
        if (more.Count == 0)
            return known;

        return known.Count == 0 ? more : [.. known, .. more.Where(m => !known.Any(k => same(k, m)))];
    }

    /// <summary>Returns the node with the relation that its settings define.</summary>
    /// <param name="node">The node.</param>
    /// <param name="found">Receives the errors; null for the project's diagnostics.</param>
    public TNode Name<TNode>(TNode node, DiagnosticBag? found = null)
        where TNode : RelationNode
    {
        try
        {
            return node with { Relation = _namer.Name(node) };
        }
        catch (DiagnosticException e)
        {
            (found ?? Diagnostics).Add(e.Diagnostic);
            return node;
        }
    }

    /// <summary>The relation before the settings are known, which <c>this</c> shows while parsing.</summary>
    public Relation Provisional(string name) => new(Project.Target.Database, Project.Target.Schema, name);

    /// <summary>Returns the node with its properties from a properties file, except settings.</summary>
    public static TNode Describe<TNode>(TNode node, NodeProperties? described)
        where TNode : RelationNode => described is null
        ? node
        : node with
        {
            Description = described.File.Description(described.Yaml["description"]),
            PatchPath = described.File.PatchPath,
            Columns = ColumnReader.Read(described.File, described.Yaml["columns"]),
        };
}
