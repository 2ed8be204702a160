using Models.Diagnostics;

namespace Models.Compiler.Seeds;

/// <summary>Mistakes in seed files: MDL62xx.</summary>
internal static class SeedDiagnostics
{
    private static readonly DiagnosticDescriptor UnreadableDescriptor = Error("MDL6201", "The seed cannot be read: {0}");
    private static readonly DiagnosticDescriptor EmptyDescriptor = Error("MDL6202", "The seed is empty; its first line must name the columns");
    private static readonly DiagnosticDescriptor WrongFieldCountDescriptor = Error("MDL6203", "The record has {0} fields where the header has {1}; quote values that hold the delimiter");

    public static Diagnostic Unreadable(SourceSpan span, string reason) => Diagnostic.Create(UnreadableDescriptor, span, reason);

    public static Diagnostic Empty(SourceSpan span) => Diagnostic.Create(EmptyDescriptor, span);

    public static Diagnostic WrongFieldCount(SourceSpan span, int found, int expected) =>
        Diagnostic.Create(WrongFieldCountDescriptor, span, $"{found}", $"{expected}");

    private static DiagnosticDescriptor Error(string id, string format) => new(id, DiagnosticSeverity.Error, format);
}
