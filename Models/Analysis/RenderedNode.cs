using System.Text;
using Models.Diagnostics;
using Models.Project.Graph;
using Models.Project.Store;
using Models.Rendering.Nodes;

namespace Models.Analysis;

/// <summary>A node's SQL as the analysis sees it: rendered, or known by its digests from the previous compilation.</summary>
internal sealed record RenderedNode(Node Node)
{
    private readonly CompiledNode? _full;
    private readonly CompiledNode? _incremental;

    /// <summary>The SQL of a first run; null where the template has a mistake, or asks the database and waits for it.</summary>
    public CompiledNode? Full
    {
        get => _full ?? Rerender?.Value.Full;
        init => _full = value;
    }

    /// <summary>The SQL of a later run of an incremental model; null for other nodes and where both are the same text.</summary>
    public CompiledNode? Incremental
    {
        get => _incremental ?? Rerender?.Value.Incremental;
        init => _incremental = value;
    }

    /// <summary>What the rendering depends on; null where that cannot be told.</summary>
    public Digest? Key { get; init; }

    /// <summary>The cache's entry, where it holds; then the node is rendered only when somebody asks for the SQL.</summary>
    public RenderEntry? Cached { get; init; }

    /// <summary>Renders the node where <see cref="Cached"/> is all there is.</summary>
    public Lazy<RenderedNode>? Rerender { get; init; }

    public bool HasSql => _full is not null || Cached is not null;

    /// <summary>The digest of <see cref="Full"/>'s SQL.</summary>
    public Digest? SqlDigest => _full is not null ? DigestOf(_full) : Cached?.Sql;

    /// <summary>The digest of <see cref="Incremental"/>'s SQL.</summary>
    public Digest? IncrementalDigest => _incremental is not null ? DigestOf(_incremental) : Cached?.Incremental;

    /// <summary>True where rendering the node again would not give the same SQL, or would not do all that it did.</summary>
    public bool IsVolatile => _full is { IsVolatile: true } || _incremental is { IsVolatile: true };

    /// <summary>The template asks the database: its SQL depends on more than its text.</summary>
    public bool AsksDatabase { get; init; }

    /// <summary>The template asks for rows, which may be others at run time.</summary>
    public bool AsksForRows { get; init; }

    /// <summary>The mistake that ended the rendering.</summary>
    public Diagnostic? Mistake { get; init; }

    /// <summary>The entry for the cache; null where the next compilation has to render the node.</summary>
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
