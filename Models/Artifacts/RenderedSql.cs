using Models.Analysis;
using Models.Project.Store;

namespace Models.Artifacts;

/// <summary>The SQL of rendered nodes.</summary>
internal sealed class RenderedSql(IDictionary<string, RenderedNode> rendered) : ICompiledSql
{
    public string? TextOf(string id) => rendered.TryGetValue(id, out var node) ? node.Full?.Sql : null;

    public Digest? DigestOf(string id) => rendered.TryGetValue(id, out var node) ? node.SqlDigest : null;

    public bool IsUnrepeatable(string id) => rendered.TryGetValue(id, out var node) && (node.IsVolatile || node.AsksDatabase);
}
