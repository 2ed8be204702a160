using Models.Diagnostics;

namespace Models.Project.Seeds;

/// <summary>Errors in seed files: MDL64xx.</summary>
internal static class SeedDiagnostics
{
    private static readonly DiagnosticDescriptor UnreadableDescriptor = Error("MDL6401", "The seed cannot be read: {0}");
    private static readonly DiagnosticDescriptor EmptyDescriptor = Error("MDL6402", "The seed is empty; its first line must name the columns");
    private static readonly DiagnosticDescriptor WrongFieldCountDescriptor = Error(
        "MDL6403", "The record has {0} fields where the header has {1}; quote values that hold the delimiter");
    private static readonly DiagnosticDescriptor DuplicateColumnDescriptor = Error(
        "MDL6404", "The header names column '{0}' twice{1}; give one of them another name");
    private static readonly DiagnosticDescriptor UnnamedColumnDescriptor = Error(
        "MDL6405", "Column {0} of the header has no name; give it one, or remove the column");
    private static readonly DiagnosticDescriptor UnclosedQuoteDescriptor = Error(
        "MDL6406", "A quote is opened in line {0} and never closed; close it, or double a quote that is part of a value");
    private static readonly DiagnosticDescriptor LongColumnDescriptor = Error(
        "MDL6408", "The header names column '{0}' of {1} bytes, of which PostgreSQL keeps 63: '{2}'; give it a shorter name");
    private static readonly DiagnosticDescriptor SystemColumnDescriptor = Error(
        "MDL6409", "The header names column '{0}', which is PostgreSQL's own in every table; give it another name");

    private static readonly DiagnosticDescriptor InexactDescriptor = new(
        "MDL6407", DiagnosticSeverity.Warning, "Column '{0}' of type {1} stores {2} as {3}; give it a type under column_types that holds the value, for " +
        "example numeric");

    public static Diagnostic Unreadable(SourceSpan span, string reason) => Diagnostic.Create(UnreadableDescriptor, span, reason);

    public static Diagnostic Empty(SourceSpan span) => Diagnostic.Create(EmptyDescriptor, span);

    public static Diagnostic WrongFieldCount(SourceSpan span, int found, int expected) =>
        Diagnostic.Create(WrongFieldCountDescriptor, span, $"{found}", $"{expected}");

    /// <param name="span">The header.</param>
    /// <param name="name">The later of the two columns.</param>
    /// <param name="sqlName">Their name in the table.</param>
    public static Diagnostic DuplicateColumn(SourceSpan span, string name, string sqlName) =>
        Diagnostic.Create(DuplicateColumnDescriptor, span, name, name == sqlName ? "" : $" (as '{sqlName}')");

    public static Diagnostic UnnamedColumn(SourceSpan span, int position) => Diagnostic.Create(UnnamedColumnDescriptor, span, $"{position}");

    public static Diagnostic LongColumn(SourceSpan span, string name, int bytes, string kept) =>
        Diagnostic.Create(LongColumnDescriptor, span, name, $"{bytes}", kept);

    public static Diagnostic SystemColumn(SourceSpan span, string name) => Diagnostic.Create(SystemColumnDescriptor, span, name);

    public static Diagnostic UnclosedQuote(SourceSpan span, int line) => Diagnostic.Create(UnclosedQuoteDescriptor, span, $"{line}");

    /// <summary>A value that its column stores inexactly.</summary>
    public static Diagnostic Inexact(SourceSpan span, string column, string type, string written, string stored) =>
        Diagnostic.Create(InexactDescriptor, span, column, type, written, stored);

    private static DiagnosticDescriptor Error(string id, string format) => new(id, DiagnosticSeverity.Error, format);
}
