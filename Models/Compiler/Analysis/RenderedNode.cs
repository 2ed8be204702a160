using System.Text;
using Models.Compiler.Diagnostics;
using Models.Compiler.Graph;
using Models.Compiler.PartialParsing;

namespace Models.Compiler.Analysis;

/// <summary>A node's SQL as the analysis sees it.</summary>
internal sealed record RenderedNode(Node Node)
{
    /// <summary>The SQL of a first run; null where the template has a mistake, or asks the database and waits for it.</summary>
    public CompiledNode? Full { get; init; }

    /// <summary>The SQL of a later run of an incremental model; null for other nodes and where both are the same text.</summary>
    public CompiledNode? Incremental { get; init; }

    /// <summary>The digest of <see cref="Full"/>'s SQL.</summary>
    public Digest? SqlDigest => Full is null ? null : Digest.Of(Encoding.UTF8.GetBytes(Full.Sql));

    /// <summary>Rendering the node again would not give the same, or not do all that it did.</summary>
    public bool IsVolatile => Full is { IsVolatile: true } || Incremental is { IsVolatile: true };

    /// <summary>The template asks the database: its SQL depends on more than its text.</summary>
    public bool AsksWarehouse { get; init; }

    /// <summary>The template asks for rows, which may be others at run time.</summary>
    public bool AsksForRows { get; init; }

    /// <summary>The mistake that ended the rendering.</summary>
    public Diagnostic? Mistake { get; init; }
}
