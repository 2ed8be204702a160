using Models.Jinja.Rendering;
using Models.Project.Graph;

namespace Models.Rendering.Nodes;

/// <summary>A node's SQL, including that of its ephemeral parents, with a source map.</summary>
/// <param name="Node">The node, with the settings that its template changed while rendering.</param>
/// <param name="Sql">The SQL.</param>
/// <param name="Map">Maps the SQL to the template.</param>
public sealed record CompiledNode(Node Node, string Sql, SourceMap Map)
{
    /// <summary>True if compiling the node again may give a different result, or if rendering it has side effects.</summary>
    internal bool IsVolatile { get; init; }
}
