using Models.Diagnostics;

namespace Ingestion.Connectors.Lake;

/// <summary>Lake folders, and tables of them, that cannot be written or read: MDL6250 and following.</summary>
public static class LakeDiagnostics
{
    private static readonly DiagnosticDescriptor UnknownConnectionDescriptor = Error(
        "MDL6250", "The step extracts from the connection '{0}', which is not configured{1}; set ConnectionStrings__{0}");
    private static readonly DiagnosticDescriptor ExtractFailedDescriptor = Error("MDL6251", "{0} of connection '{1}' cannot be extracted: {2}");
    private static readonly DiagnosticDescriptor NoTablesDescriptor = Error(
        "MDL6252", "The schema '{0}' of connection '{1}' has no tables to extract; correct 'schema', or list 'tables'");
    private static readonly DiagnosticDescriptor NoFileDescriptor = Error(
        "MDL6253", "The lake has no file of table '{0}' in '{1}'{2}; extract it first, or put a file there that is named {0}-20260131T060000Z.ndjson");
    private static readonly DiagnosticDescriptor EmptyFolderDescriptor = Error(
        "MDL6254", "The lake has no files in '{0}'; extract into it first, or correct 'from'");
    private static readonly DiagnosticDescriptor NoLakeDescriptor = Error("MDL6255", "Contract '{0}' reads the lake, which only the worker's steps have");
    private static readonly DiagnosticDescriptor NoColumnsDescriptor = Error(
        "MDL6256", "No columns can be detected in '{0}', which has no records, and raw.{1} does not exist yet; declare them in a contract " +
        "'{1}' with the format lake");
    private static readonly DiagnosticDescriptor NotWidenedDescriptor = Error(
        "MDL6257", "Column '{0}' of raw.{1} has type {2}, but the data needs {3}, and the column cannot be changed: {4}; drop what reads it, or " +
        "declare it in a contract '{1}' with the format lake");

    public static Diagnostic UnknownConnection(SourceSpan span, string connection, IEnumerable<string> connections) =>
        Diagnostic.Create(UnknownConnectionDescriptor, span, connection, NearName.Hint(connection, connections));

    public static Diagnostic ExtractFailed(SourceSpan span, string what, string connection, string reason) =>
        Diagnostic.Create(ExtractFailedDescriptor, span, what, connection, reason.ReplaceLineEndings(" ").TrimEnd('.'));

    public static Diagnostic NoTables(SourceSpan span, string schema, string connection) => Diagnostic.Create(NoTablesDescriptor, span, schema, connection);

    public static Diagnostic NoFile(SourceSpan span, string table, string folder, IEnumerable<string> tables) =>
        Diagnostic.Create(NoFileDescriptor, span, table, folder, NearName.Hint(table, tables));

    public static Diagnostic EmptyFolder(SourceSpan span, string folder) => Diagnostic.Create(EmptyFolderDescriptor, span, folder);

    public static Diagnostic NoLake(SourceSpan span, string contract) => Diagnostic.Create(NoLakeDescriptor, span, contract);

    public static Diagnostic NoColumns(SourceSpan span, string file, string table) => Diagnostic.Create(NoColumnsDescriptor, span, file, table);

    public static Diagnostic NotWidened(SourceSpan span, string column, string table, string actual, string needed, string reason) =>
        Diagnostic.Create(NotWidenedDescriptor, span, column, table, actual, needed, reason.ReplaceLineEndings(" ").TrimEnd('.'));

    private static DiagnosticDescriptor Error(string id, string format) => new(id, DiagnosticSeverity.Error, format);
}
