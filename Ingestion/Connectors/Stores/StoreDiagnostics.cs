using Models.Diagnostics;

namespace Ingestion.Connectors.Stores;

/// <summary>Object storage that cannot be read: MDL6260 and following.</summary>
public static class StoreDiagnostics
{
    private static readonly DiagnosticDescriptor BadConnectionDescriptor = Error(
        "MDL6260", "The connection string of the store '{0}' {1}; set ConnectionStrings__{0} to 'Bucket=NAME' with 'Region' or 'Endpoint', and with " +
        "'AccessKey' and 'SecretKey' unless the environment has them");
    private static readonly DiagnosticDescriptor UnreadableDescriptor = Error(
        "MDL6261", "The store '{0}' cannot be read: {1}; check ConnectionStrings__{0}");
    private static readonly DiagnosticDescriptor MissingFileDescriptor = Error(
        "MDL6262", "There is no file '{0}' in the store '{1}'; put it there, or change 'file' in {2}");
    private static readonly DiagnosticDescriptor NoFilesDescriptor = Error(
        "MDL6263", "No file in the store '{0}' matches '{1}'; put one there, or change 'file' in {2}");

    public static Diagnostic BadConnection(SourceSpan span, string store, string reason) => Diagnostic.Create(BadConnectionDescriptor, span, store, reason);

    public static Diagnostic Unreadable(SourceSpan span, string store, string reason) =>
        Diagnostic.Create(UnreadableDescriptor, span, store, reason.ReplaceLineEndings(" ").TrimEnd('.'));

    public static Diagnostic MissingFile(SourceSpan span, string file, string store, string contract) =>
        Diagnostic.Create(MissingFileDescriptor, span, file, store, contract);

    public static Diagnostic NoFiles(SourceSpan span, string store, string pattern, string contract) =>
        Diagnostic.Create(NoFilesDescriptor, span, store, pattern, contract);

    private static DiagnosticDescriptor Error(string id, string format) => new(id, DiagnosticSeverity.Error, format);
}
