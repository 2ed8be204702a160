namespace Models.Diagnostics;

/// <summary>Ends a stage that cannot continue because of a user error; carries the diagnostic.</summary>
public sealed class DiagnosticException(Diagnostic diagnostic, Exception? inner = null)
    : Exception(diagnostic.ToString(), inner)
{
    public Diagnostic Diagnostic { get; } = diagnostic;
}
