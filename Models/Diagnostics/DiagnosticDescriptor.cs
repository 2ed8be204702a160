namespace Models.Diagnostics;

public enum DiagnosticSeverity
{
    Info,
    Warning,
    Error,
}

/// <summary>
/// One kind of diagnostic. Ids are in bands: MDL1xxx project, 2xxx template, 3xxx graph, 4xxx SQL, 5xxx names and types, 6xxx contracts, 9xxx
/// internal errors.
/// </summary>
/// <param name="Id">For example MDL4001.</param>
/// <param name="Severity">The severity before warnings are treated as errors.</param>
/// <param name="Format">One line, in <see cref="string.Format(string, object?[])"/> form, names in single quotes.</param>
public sealed record DiagnosticDescriptor(string Id, DiagnosticSeverity Severity, string Format);
