using Models.Diagnostics;

namespace Models.Jinja.Lexing;

/// <summary>A <c>{% docs name %}</c> block: text that descriptions refer to.</summary>
/// <param name="Name">The name for <c>doc('name')</c>.</param>
/// <param name="Text">The text between the block's tags, trimmed.</param>
/// <param name="Span">The whole block.</param>
public sealed record DocsBlock(string Name, string Text, SourceSpan Span)
{
    /// <summary>Returns the docs blocks of a Markdown file. Everything outside of a docs block is plain text, even if it looks like a template.</summary>
    public static IReadOnlyList<DocsBlock> ParseAll(SourceText source, DiagnosticBag diagnostics) => DocsReader.Read(source, diagnostics);
}
