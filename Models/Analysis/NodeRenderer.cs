using System.Collections.Concurrent;
using Models.Diagnostics;
using Models.Parsing;
using Models.Project.Graph;
using Models.Project.Store;
using Models.Rendering.Connections;
using Models.Rendering.Nodes;

namespace Models.Analysis;

/// <summary>Renders nodes in parallel.</summary>
internal sealed class NodeRenderer(ParsedProject project)
{
    private static readonly CompileMode FirstRun = new() { Incremental = false };
    private static readonly CompileMode LaterRun = new() { Incremental = true };

    /// <summary>Renders all nodes that are not cached, without a database: a node that queries it is returned without SQL.</summary>
    public ConcurrentDictionary<string, RenderedNode> RenderAll(IReadOnlyList<Node> nodes, RenderCache known, CancellationToken cancellationToken)
    {
        var keys = RenderKeys.Of(project);
        var rendered = new ConcurrentDictionary<string, RenderedNode>(StringComparer.Ordinal);
        var options = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, nodes.Count, options, i => rendered[nodes[i].UniqueId] = RenderOrReuse(nodes[i], keys?.Of(nodes[i]), known));
        return rendered;
    }

    /// <summary>Renders one node that queries the database.</summary>
    public RenderedNode Render(Node node, AnalysisConnection connection)
    {
        RenderedNode rendered;
        try
        {
            rendered = Compile(node, connection);
        }
        catch (DiagnosticException e)
        {
            rendered = new RenderedNode(node) { Mistake = e.Diagnostic };
        }

        return rendered with { AsksDatabase = true, AsksForRows = connection.WasAskedForRows };
    }

    private RenderedNode RenderOrReuse(Node node, Digest? key, RenderCache known)
    {
        if (key is { } given && known.Find(node.UniqueId, given) is { } entry)
            return new RenderedNode(node) { Cached = entry, Rerender = new Lazy<RenderedNode>(() => RenderWithoutDatabase(node)) };

        return RenderWithoutDatabase(node) with { Key = key };
    }

    public RenderedNode RenderWithoutDatabase(Node node)
    {
        var connection = new DeferringConnection();
        try
        {
            var compiled = Compile(node, connection);
            return connection.WasAsked ? new RenderedNode(node) { AsksDatabase = true } : compiled;
        }
        catch (DiagnosticException e)
        {
            return connection.WasAsked ? new RenderedNode(node) { AsksDatabase = true } : new RenderedNode(node) { Mistake = e.Diagnostic };
        }
    }

    private RenderedNode Compile(Node node, IAdapterConnection connection)
    {
        var full = project.Compile(node, connection, FirstRun);
        if (node is not ModelNode { IsIncremental: true })
            return new RenderedNode(node) { Full = full };

        var incremental = project.Compile(node, connection, LaterRun);
        return new RenderedNode(node) { Full = full, Incremental = incremental.Sql == full.Sql ? null : incremental };
    }
}
