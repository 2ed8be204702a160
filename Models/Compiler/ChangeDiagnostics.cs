using Models.Diagnostics;

namespace Models.Compiler;

/// <summary>Changes that break the readers of a model: MDL63xx.</summary>
internal static class ChangeDiagnostics
{
    private static readonly DiagnosticDescriptor NodeGoneDescriptor = Error("MDL6301", "{0} was removed{1}; keep it, or change its readers first");
    private static readonly DiagnosticDescriptor ColumnGoneDescriptor = Error(
        "MDL6302", "Column '{0}' of {1} was removed{2}; keep it, or change its readers first");
    private static readonly DiagnosticDescriptor ColumnRetypedDescriptor = Error(
        "MDL6303", "Column '{0}' of {1} was {2} and is {3} now{4}; cast it back, or change its readers first");
    private static readonly DiagnosticDescriptor UnreadableDescriptor = Error("MDL6304", "The earlier manifest cannot be read: {0}");

    public static Diagnostic NodeGone(SourceSpan span, string node, string readers) => Diagnostic.Create(NodeGoneDescriptor, span, node, readers);

    public static Diagnostic ColumnGone(SourceSpan span, string column, string node, string readers) =>
        Diagnostic.Create(ColumnGoneDescriptor, span, column, node, readers);

    public static Diagnostic ColumnRetyped(SourceSpan span, string column, string node, string before, string after, string readers) =>
        Diagnostic.Create(ColumnRetypedDescriptor, span, column, node, before, after, readers);

    public static Diagnostic Unreadable(SourceSpan span, string reason) => Diagnostic.Create(UnreadableDescriptor, span, reason);

    private static DiagnosticDescriptor Error(string id, string format) => new(id, DiagnosticSeverity.Error, format);
}
