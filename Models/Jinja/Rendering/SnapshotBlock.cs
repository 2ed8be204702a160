using Models.Diagnostics;

namespace Models.Jinja.Rendering;

/// <summary>A <c>{% snapshot name %}</c> block: a template of its own.</summary>
/// <param name="Name">The snapshot's name.</param>
/// <param name="Body">The template between its tags; positions are the file's.</param>
/// <param name="NameSpan">Where the name is written.</param>
/// <param name="Start">Offset of the block in the file.</param>
/// <param name="End">Offset behind the block.</param>
public sealed record SnapshotBlock(string Name, Template Body, SourceSpan NameSpan, int Start, int End);
