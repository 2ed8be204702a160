using Models.Diagnostics;

namespace Models.Jinja.Parsing;

/// <summary>Abandons a tag that cannot be parsed; caught where the next tag starts.</summary>
internal sealed class ParseFailure(Diagnostic? diagnostic) : Exception
{
    /// <summary>The error, or null if it was already reported.</summary>
    public Diagnostic? Diagnostic { get; } = diagnostic;
}
