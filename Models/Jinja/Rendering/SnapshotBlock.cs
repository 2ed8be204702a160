using Models.Diagnostics;

namespace Models.Jinja.Rendering;

/// <summary>A <c>{% snapshot name %}</c> block, which is a template of its own.</summary>
/// <param name="Name">The snapshot's name.</param>
/// <param name="Body">The template between its tags; positions are relative to the file.</param>
/// <param name="NameSpan">The position of the name.</param>
/// <param name="Start">Offset of the block in the file.</param>
/// <param name="End">Offset after the end of the block.</param>
public sealed record SnapshotBlock(string Name, Template Body, SourceSpan NameSpan, int Start, int End);
