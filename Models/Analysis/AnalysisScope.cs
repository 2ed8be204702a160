using System.Security.Cryptography;
using Models.Diagnostics;
using Models.Parsing;
using Models.Project.Graph;
using Models.Project.Store;
using Models.Rendering.Connections;

namespace Models.Analysis;

/// <summary>The state shared by the stages of one analysis.</summary>
internal sealed class AnalysisScope(
    ParsedProject project, NodeRenderer renderer, IDictionary<string, RenderedNode> rendered, AnalysisCache cache, AnalysisServer server)
{
    private Digest? _fingerprint;

    public ParsedProject Project { get; } = project;

    public NodeRenderer Renderer { get; } = renderer;

    public IDictionary<string, RenderedNode> Rendered { get; } = rendered;

    public AnalysisCache Cache { get; } = cache;

    public AnalysisServer Server { get; } = server;

    public DiagnosticBag Diagnostics { get; } = new();

    /// <summary>The results so far by unique id, including those of every parent of the current node.</summary>
    public Dictionary<string, AnalysedNode> Results { get; } = new(StringComparer.Ordinal);

    /// <summary>A hash of everything that affects the rendering of a template that queries the database, except its own text and the nodes it reads.</summary>
    public Digest Fingerprint => _fingerprint ??= ComputeFingerprint();

    /// <summary>Columns of undeclared sources, by unique id.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<AdapterColumn>> SourceColumns { get; init; } = new Dictionary<string, IReadOnlyList<AdapterColumn>>();

    /// <summary>Positions of undeclared sources whose columns were found in the target or the lock file.</summary>
    public HashSet<SourceSpan> LocatedSources { get; } = [];

    /// <summary>True if any template queries the database; relations then must contain rows.</summary>
    public bool SomeTemplateAsks { get; } = rendered.Values.Any(r => r.AsksDatabase);

    /// <summary>The number of nodes that PostgreSQL analysed, excluding cached ones.</summary>
    public int AnalysedCount { get; set; }

    /// <summary>True if a parent is not analysed, so that this node cannot be analysed either.</summary>
    public bool IsBlocked(Node node, out AnalysisState state)
    {
        state = AnalysisState.Analysed;
        foreach (var parent in node.DependsOn)
        {
            if (!Results.TryGetValue(parent, out var result) || result.State == AnalysisState.Analysed)
                continue;

            state = result.State == AnalysisState.Unchecked ? AnalysisState.Unchecked : AnalysisState.Skipped;
            if (state == AnalysisState.Skipped)
                return true;
        }

        return state != AnalysisState.Analysed;
    }

    /// <summary>Adds the columns of everything a node reads that affect its own columns.</summary>
    public DigestBuilder AddParents(DigestBuilder key, Node node)
    {
        foreach (var parent in node.DependsOn)
        {
            if (!Results.TryGetValue(parent, out var result))
                continue;

            AddColumns(key.Add(parent), result.Columns);
            if (Project.Graph[parent] is FunctionNode function)
                FunctionAnalyser.AddSignature(key, function);

            // an ephemeral model is inlined, so that its parents are parents here
            if (Project.Graph[parent] is ModelNode { IsEphemeral: true } inlined)
                AddParents(key, inlined);
        }

        return key;
    }

    public static void AddColumns(DigestBuilder key, IReadOnlyList<AnalysedColumn> columns)
    {
        foreach (var column in columns)
            key.Add(column.Name).Add(column.Type).Add(column.Underlying);
    }

    /// <summary>
    /// Adds everything that affects the SQL of a template that queries the database. It may read the rows of any ancestor, so that their SQL and
    /// files matter, not only their columns.
    /// </summary>
    public DigestBuilder AddAsking(DigestBuilder key, Node node)
    {
        key.Add(Fingerprint);
        foreach (var id in WithAncestors([node]).Order(StringComparer.Ordinal))
        {
            var read = Project.Graph[id];
            key.Add(id).Add(read is SeedNode seed ? FileStamp(seed.FilePath) : (read as ITemplatedNode)?.Source.Text);
            foreach (var overload in (read as FunctionNode)?.Overloads ?? [])
                key.Add(overload.Source.Text);
        }

        return key;
    }

    /// <summary>The digest of a file's content; times are unreliable, because a copied or unpacked file may be older than the one it replaces.</summary>
    public static string FileStamp(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "unreadable";
        }
    }

    /// <summary>The ids of nodes and of everything they read, directly or indirectly.</summary>
    public HashSet<string> WithAncestors(IEnumerable<Node> nodes)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<Node>(nodes);
        while (open.TryPop(out var node))
        {
            if (!ids.Add(node.UniqueId))
                continue;

            foreach (var parent in node.DependsOn)
            {
                if (Project.Graph.TryGet(parent, out var found))
                    open.Push(found);
            }
        }

        return ids;
    }

    /// <summary>True if a node reads a source, directly or indirectly: sources have no rows during a compilation.</summary>
    public bool ReadsSource(Node node) =>
        node.DependsOn.Any(id => Project.Graph.TryGet(id, out var parent) && (parent is SourceNode || ReadsSource(parent)));

    /// <summary>The relations in a node's SQL: its parents, and those of inlined parents.</summary>
    public IEnumerable<RelationNode> RelationsRead(Node node)
    {
        foreach (var parent in node.DependsOn)
        {
            if (!Project.Graph.TryGet(parent, out var found) || found is not RelationNode relation || !Results.ContainsKey(parent))
                continue;

            yield return relation;
            if (found is ModelNode { IsEphemeral: true })
            {
                foreach (var inner in RelationsRead(found))
                    yield return inner;
            }
        }
    }

    private Digest ComputeFingerprint()
    {
        var key = new DigestBuilder();
        foreach (var macro in Project.Macros)
            key.Add(macro.UniqueId).Add(macro.Sql);

        foreach (var node in Project.Graph.InOrder)
        {
            if (node is RelationNode relation)
                key.Add(relation.Relation.ToString());
        }

        foreach (var (name, value) in Project.Options.Vars)
            key.Add(name).Add(value?.ToString());

        foreach (var name in Project.Options.EnvironmentRead.Keys.Order(StringComparer.Ordinal))
            key.Add(name).Add(Environment.GetEnvironmentVariable(name));

        key.Add(Project.Target.Name);
        foreach (var (name, value) in Project.Target.Fields)
            key.Add(name).Add(value?.ToString());

        foreach (var file in Project.ConfigurationFiles)
            key.Add(file).Add(FileStamp(file));

        return key.Finish();
    }
}
