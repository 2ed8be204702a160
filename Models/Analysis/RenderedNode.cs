using System.Text;
using Models.Diagnostics;
using Models.Project.Graph;
using Models.Project.Store;
using Models.Rendering.Nodes;

namespace Models.Analysis;

/// <summary>A node's SQL in the analysis: rendered, or cached as digests.</summary>
internal sealed record RenderedNode(Node Node)
{
    private readonly CompiledNode? _full;
    private readonly CompiledNode? _incremental;

    /// <summary>The SQL of the first run; null if the template has an error, or if it queries the database and is not rendered yet.</summary>
    public CompiledNode? Full
    {
        get => _full ?? Rerender?.Value.Full;
        init => _full = value;
    }

    /// <summary>The SQL of a later run of an incremental model; null for other nodes, and if both are the same.</summary>
    public CompiledNode? Incremental
    {
        get => _incremental ?? Rerender?.Value.Incremental;
        init => _incremental = value;
    }

    /// <summary>The key of the rendering's inputs; null if they are unknown.</summary>
    public Digest? Key { get; init; }

    /// <summary>The valid cache entry; the node is then rendered only if its SQL is needed.</summary>
    public RenderEntry? Cached { get; init; }

    /// <summary>Renders the node if only <see cref="Cached"/> is available.</summary>
    public Lazy<RenderedNode>? Rerender { get; init; }

    public bool HasSql => _full is not null || Cached is not null;

    /// <summary>The digest of <see cref="Full"/>'s SQL.</summary>
    public Digest? SqlDigest => _full is not null ? DigestOf(_full) : Cached?.Sql;

    /// <summary>The digest of <see cref="Incremental"/>'s SQL.</summary>
    public Digest? IncrementalDigest => _incremental is not null ? DigestOf(_incremental) : Cached?.Incremental;

    /// <summary>True if rendering the node again may give different SQL, or if rendering it has side effects.</summary>
    public bool IsVolatile => _full is { IsVolatile: true } || _incremental is { IsVolatile: true };

    /// <summary>True if the template queries the database, so that its SQL depends on more than its text.</summary>
    public bool AsksDatabase { get; init; }

    /// <summary>True if the template queries rows, which may differ at run time.</summary>
    public bool AsksForRows { get; init; }

    /// <summary>The error that ended the rendering.</summary>
    public Diagnostic? Mistake { get; init; }

    /// <summary>The entry for the cache; null if the next compilation must render the node.</summary>
    public RenderEntry? CacheEntry
    {
        get
        {
            if (Cached is not null)
                return Cached;

            var isRepeatable = Mistake is null && !AsksDatabase && !IsVolatile && !Node.HasBrokenTemplate;
            return isRepeatable && Key is { } key && SqlDigest is { } sql ? new RenderEntry(key, sql, IncrementalDigest, 0, 0) : null;
        }
    }

    private static Digest DigestOf(CompiledNode node) => Digest.Of(Encoding.UTF8.GetBytes(node.Sql));
}
