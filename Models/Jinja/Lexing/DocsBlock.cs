using Models.Diagnostics;

namespace Models.Jinja.Lexing;

/// <summary>A <c>{% docs name %}</c> block: text that descriptions refer to.</summary>
/// <param name="Name">The name for <c>doc('name')</c>.</param>
/// <param name="Text">What stands between its tags, without blanks around.</param>
/// <param name="Span">The whole block.</param>
public sealed record DocsBlock(string Name, string Text, SourceSpan Span)
{
    /// <summary>The docs blocks of a Markdown file, where everything outside of them is text, whatever it looks like.</summary>
    public static IReadOnlyList<DocsBlock> ParseAll(SourceText source, DiagnosticBag diagnostics) => DocsReader.Read(source, diagnostics);
}
