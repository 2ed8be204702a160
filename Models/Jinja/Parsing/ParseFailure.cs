using Models.Diagnostics;

namespace Models.Jinja.Parsing;

/// <summary>Leaves a tag that cannot be read; caught where the next tag starts.</summary>
internal sealed class ParseFailure(Diagnostic? diagnostic) : Exception
{
    /// <summary>What is wrong, or null where it has been reported already.</summary>
    public Diagnostic? Diagnostic { get; } = diagnostic;
}
