namespace Models.Diagnostics;

/// <summary>Ends a stage that cannot go on because of a user's mistake; carries the diagnostic that says which.</summary>
public sealed class DiagnosticException(Diagnostic diagnostic, Exception? inner = null)
    : Exception(diagnostic.ToString(), inner)
{
    public Diagnostic Diagnostic { get; } = diagnostic;
}
