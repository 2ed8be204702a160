using Models.Diagnostics;

namespace Ingestion.Loading.Replication;

/// <summary>Sources whose changes cannot be captured: MDL6245 and following.</summary>
public static class ReplicationDiagnostics
{
    private static readonly DiagnosticDescriptor NeedsMergeDescriptor = Error(
        "MDL6245", "Contract '{0}' captures changes, which keeps one row a key as the source has it; write 'sync_mode: snapshot_merge' and 'primary_key'");
    private static readonly DiagnosticDescriptor NotLogicalDescriptor = Error(
        "MDL6246", "The server of connection '{0}' has wal_level = {1}, but change data capture needs logical; set it ('alter system set wal_level = " +
        "logical') and restart the server, or use the format postgres");
    private static readonly DiagnosticDescriptor NoIdentityDescriptor = Error(
        "MDL6247", "The table '{0}' of connection '{1}' does not log the primary key '{2}' of its updates and deletes; give it that primary key, or set " +
        "'alter table {0} replica identity full'");
    private static readonly DiagnosticDescriptor SlotGoneDescriptor = Error(
        "MDL6248", "The replication slot '{0}' of stream '{1}' is {2} at connection '{3}', so that changes since {4} may be lost; reset the stream " +
        "('leadline streams reset {1}') to read the table anew");
    private static readonly DiagnosticDescriptor SlotInUseDescriptor = Error(
        "MDL6249", "The replication slot '{0}' of stream '{1}' is read by another program (process {2} of the server); stop it, or load again when " +
        "it has ended");

    public static Diagnostic NeedsMerge(SourceSpan span, string stream) => Diagnostic.Create(NeedsMergeDescriptor, span, stream);

    public static Diagnostic NotLogical(SourceSpan span, string connection, string level) =>
        Diagnostic.Create(NotLogicalDescriptor, span, connection, level);

    public static Diagnostic NoIdentity(SourceSpan span, string table, string connection, string key) =>
        Diagnostic.Create(NoIdentityDescriptor, span, table, connection, key);

    public static Diagnostic SlotGone(SourceSpan span, string slot, string stream, string fate, string connection, string position) =>
        Diagnostic.Create(SlotGoneDescriptor, span, slot, stream, fate, connection, position);

    public static Diagnostic SlotInUse(SourceSpan span, string slot, string stream, int process) =>
        Diagnostic.Create(SlotInUseDescriptor, span, slot, stream, process.ToString());

    private static DiagnosticDescriptor Error(string id, string format) => new(id, DiagnosticSeverity.Error, format);
}
