using Models.Diagnostics;

namespace Ingestion.Loading.Streams;

/// <summary>Requests that a stream cannot fulfil: MDL6242 and following.</summary>
public static class StreamDiagnostics
{
    private static readonly DiagnosticDescriptor NoCursorDescriptor = Error(
        "MDL6242", "The stream '{0}' has the sync mode {1}, which has no cursor, so that it cannot be rewound or backfilled; reset it");
    private static readonly DiagnosticDescriptor BadCursorDescriptor = Error("MDL6243", "'{0}' is no value of the cursor '{1}'; give a {2}");
    private static readonly DiagnosticDescriptor EmptyRangeDescriptor = Error(
        "MDL6244", "The backfill's first cursor '{0}' is not before its end '{1}', which is not loaded itself; exchange them");

    public static Diagnostic NoCursor(SourceSpan span, string stream, string mode) => Diagnostic.Create(NoCursorDescriptor, span, stream, mode);

    public static Diagnostic BadCursor(SourceSpan span, string value, string cursor, string type) =>
        Diagnostic.Create(BadCursorDescriptor, span, value, cursor, type);

    public static Diagnostic EmptyRange(SourceSpan span, string from, string to) => Diagnostic.Create(EmptyRangeDescriptor, span, from, to);

    private static DiagnosticDescriptor Error(string id, string format) => new(id, DiagnosticSeverity.Error, format);
}
