using Models.Compiler.Graph;
using Models.Jinja;

namespace Models.Compiler;

/// <summary>A node's SQL, ephemeral parents included, and where each stretch of it comes from.</summary>
public sealed record CompiledNode(Node Node, string Sql, SourceMap Map)
{
    /// <summary>Compiling the node again would not give the same, or not do all that it did.</summary>
    internal bool IsVolatile { get; init; }
}
