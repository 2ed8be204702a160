using Models.Jinja.Rendering;
using Models.Project.Graph;

namespace Models.Rendering.Nodes;

/// <summary>A node's SQL, ephemeral parents included, and where each stretch of it comes from.</summary>
/// <param name="Node">The node, with the settings that its template made while it was rendered.</param>
/// <param name="Sql">The SQL.</param>
/// <param name="Map">From the SQL to the template.</param>
public sealed record CompiledNode(Node Node, string Sql, SourceMap Map)
{
    /// <summary>Compiling the node again would not give the same, or not do all that it did.</summary>
    internal bool IsVolatile { get; init; }
}
