using System.Security.Cryptography;
using Models.Diagnostics;
using Models.Parsing;
using Models.Project.Graph;
using Models.Project.Store;
using Models.Rendering.Connections;

namespace Models.Analysis;

/// <summary>What the stages of one analysis share.</summary>
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

    /// <summary>What is known so far, by unique id; every parent of a node being looked at is in here.</summary>
    public Dictionary<string, AnalysedNode> Results { get; } = new(StringComparer.Ordinal);

    /// <summary>A hash of everything that decides what a template asking the database renders, apart from its own text and what it reads.</summary>
    public Digest Fingerprint => _fingerprint ??= ComputeFingerprint();

    /// <summary>Columns of sources that the project does not declare, by unique id.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<AdapterColumn>> SourceColumns { get; init; } = new Dictionary<string, IReadOnlyList<AdapterColumn>>();

    /// <summary>Places of undeclared sources whose columns were found all the same.</summary>
    public HashSet<SourceSpan> LocatedSources { get; } = [];

    /// <summary>True where any template asks the database: then relations have to be more than empty tables.</summary>
    public bool SomeTemplateAsks { get; } = rendered.Values.Any(r => r.AsksDatabase);

    /// <summary>How many nodes were given to PostgreSQL, as opposed to known from before.</summary>
    public int AnalysedCount { get; set; }

    /// <summary>True where a parent is not analysed, so that this node cannot be either.</summary>
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

    /// <summary>Adds the columns of everything a node reads, as far as they decide about its own.</summary>
    public DigestBuilder AddParents(DigestBuilder key, Node node)
    {
        foreach (var parent in node.DependsOn)
        {
            if (!Results.TryGetValue(parent, out var result))
                continue;

            AddColumns(key.Add(parent), result.Columns);

            // what an inlined query reads is read here
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
    /// Adds what decides about the SQL of a template that asks the database: it may read the rows of everything above it, so that
    /// their texts and files count and not their columns alone.
    /// </summary>
    public DigestBuilder AddAsking(DigestBuilder key, Node node)
    {
        key.Add(Fingerprint);
        foreach (var id in WithAncestors([node]).Order(StringComparer.Ordinal))
        {
            var read = Project.Graph[id];
            key.Add(id).Add(read is SeedNode seed ? FileStamp(seed.FilePath) : (read as ITemplatedNode)?.Source.Text);
        }

        return key;
    }

    /// <summary>A digest of what a file holds: a copied or unpacked file may be other than before and carry an older time.</summary>
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

    /// <summary>The ids of nodes and of everything they read, directly or not.</summary>
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

    /// <summary>True where a source is among what a node reads, directly or not: its rows are not known while compiling.</summary>
    public bool ReadsSource(Node node) =>
        node.DependsOn.Any(id => Project.Graph.TryGet(id, out var parent) && (parent is SourceNode || ReadsSource(parent)));

    /// <summary>The relations that a node's SQL names: its parents, and those of parents inlined into it.</summary>
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
