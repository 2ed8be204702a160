using Models.Diagnostics;

namespace Models.Contracts;

/// <summary>Errors in an ingestion contract's file: MDL6101 and following.</summary>
public static class ContractDiagnostics
{
    private static readonly DiagnosticDescriptor UnreadableDescriptor = Error("MDL6101", "The contract cannot be read: {0}");
    private static readonly DiagnosticDescriptor InvalidYamlDescriptor = Error("MDL6102", "The contract is not valid yaml: {0}");
    private static readonly DiagnosticDescriptor UnknownKeyDescriptor = Error("MDL6103", "Unknown key '{0}' in {1}{2}; expected one of {3}");
    private static readonly DiagnosticDescriptor MissingKeyDescriptor = Error("MDL6104", "{0} has no '{1}'; add '{1}: {2}'");
    private static readonly DiagnosticDescriptor WrongShapeDescriptor = Error("MDL6105", "'{0}' must be {1}");
    private static readonly DiagnosticDescriptor UnknownTypeDescriptor = Error(
        "MDL6106", "Unknown type '{0}' of field '{1}'{2}; expected one of {3}, or numeric(precision,scale)");
    private static readonly DiagnosticDescriptor DuplicateFieldDescriptor = Error("MDL6107", "Field '{0}' is declared twice; remove one of them");
    private static readonly DiagnosticDescriptor UnknownKeyFieldDescriptor = Error(
        "MDL6108", "The primary key names '{0}', which is no field of the contract{1}");
    private static readonly DiagnosticDescriptor OptionalKeyFieldDescriptor = Error(
        "MDL6109", "The primary key's field '{0}' is not required; add 'required: true' to it");
    private static readonly DiagnosticDescriptor ReservedNameDescriptor = Error(
        "MDL6110", "Field '{0}' takes a name that ingestion needs; names beginning with 'meta_' are reserved");
    private static readonly DiagnosticDescriptor MisplacedFormatDescriptor = Error(
        "MDL6111", "Field '{0}' of type {1} cannot have a format; only date and timestamp types can");
    private static readonly DiagnosticDescriptor DuplicateContractDescriptor = Error(
        "MDL6112", "Contract '{0}' is also declared in {1}; two contracts cannot fill one table");
    private static readonly DiagnosticDescriptor UnknownSyncModeDescriptor = Error("MDL6114", "Unknown sync mode '{0}'{1}; expected one of {2}");
    private static readonly DiagnosticDescriptor MissingForModeDescriptor = Error("MDL6115", "The sync mode {0} needs '{1}'; add '{1}: {2}' to the contract");
    private static readonly DiagnosticDescriptor SeveralFilesDescriptor = Error(
        "MDL6116", "The sync mode {0} deletes or closes rows that the source lacks, so that it needs one complete file; name one");
    private static readonly DiagnosticDescriptor MisplacedCursorDescriptor = Error(
        "MDL6117", "The sync mode {0} has no cursor; remove it, or use incremental_append or incremental_deduplicated");
    private static readonly DiagnosticDescriptor UnknownCursorDescriptor = Error("MDL6118", "The cursor names '{0}', which is no field of the contract{1}");
    private static readonly DiagnosticDescriptor UnfitCursorDescriptor = Error(
        "MDL6119", "The cursor '{0}' must be a required field of a whole number, numeric, date or timestamp type");
    private static readonly DiagnosticDescriptor MisplacedCheckDescriptor = Error("MDL6120", "Field '{0}' of type {1} cannot have '{2}'; only {3} can");
    private static readonly DiagnosticDescriptor BadPatternDescriptor = Error("MDL6121", "The pattern of field '{0}' cannot be used: {1}");

    private static readonly DiagnosticDescriptor MisplacedPartsDescriptor = Error(
        "MDL6122", "'commit_every' needs the sync mode full_refresh_append and a file; remove it");

    public static Diagnostic Unreadable(SourceSpan span, string reason) => Diagnostic.Create(UnreadableDescriptor, span, reason);

    public static Diagnostic InvalidYaml(SourceSpan span, string reason) =>
        Diagnostic.Create(InvalidYamlDescriptor, span, reason);

    public static Diagnostic UnknownKey(SourceSpan span, string key, string owner, string near, string expected) =>
        Diagnostic.Create(UnknownKeyDescriptor, span, key, owner, near, expected);

    public static Diagnostic MissingKey(SourceSpan span, string owner, string key, string example) =>
        Diagnostic.Create(MissingKeyDescriptor, span, owner, key, example);

    public static Diagnostic WrongShape(SourceSpan span, string key, string expected) =>
        Diagnostic.Create(WrongShapeDescriptor, span, key, expected);

    public static Diagnostic UnknownType(SourceSpan span, string type, string field, string near, string expected) =>
        Diagnostic.Create(UnknownTypeDescriptor, span, type, field, near, expected);

    public static Diagnostic DuplicateField(SourceSpan span, string field) =>
        Diagnostic.Create(DuplicateFieldDescriptor, span, field);

    public static Diagnostic UnknownKeyField(SourceSpan span, string field, string near) =>
        Diagnostic.Create(UnknownKeyFieldDescriptor, span, field, near);

    public static Diagnostic OptionalKeyField(SourceSpan span, string field) =>
        Diagnostic.Create(OptionalKeyFieldDescriptor, span, field);

    public static Diagnostic ReservedName(SourceSpan span, string field) =>
        Diagnostic.Create(ReservedNameDescriptor, span, field);

    public static Diagnostic MisplacedFormat(SourceSpan span, string field, string type) =>
        Diagnostic.Create(MisplacedFormatDescriptor, span, field, type);

    public static Diagnostic DuplicateContract(SourceSpan span, string name, string otherFile) =>
        Diagnostic.Create(DuplicateContractDescriptor, span, name, otherFile);

    public static Diagnostic UnknownSyncMode(SourceSpan span, string mode, string near, string expected) =>
        Diagnostic.Create(UnknownSyncModeDescriptor, span, mode, near, expected);

    public static Diagnostic MissingForMode(SourceSpan span, string mode, string key, string example) =>
        Diagnostic.Create(MissingForModeDescriptor, span, mode, key, example);

    public static Diagnostic SeveralFiles(SourceSpan span, string mode) => Diagnostic.Create(SeveralFilesDescriptor, span, mode);

    public static Diagnostic MisplacedCursor(SourceSpan span, string mode) => Diagnostic.Create(MisplacedCursorDescriptor, span, mode);

    public static Diagnostic UnknownCursor(SourceSpan span, string cursor, string near) => Diagnostic.Create(UnknownCursorDescriptor, span, cursor, near);

    public static Diagnostic UnfitCursor(SourceSpan span, string cursor) => Diagnostic.Create(UnfitCursorDescriptor, span, cursor);

    public static Diagnostic MisplacedCheck(SourceSpan span, string field, string type, string check, string expected) =>
        Diagnostic.Create(MisplacedCheckDescriptor, span, field, type, check, expected);

    public static Diagnostic BadPattern(SourceSpan span, string field, string reason) => Diagnostic.Create(BadPatternDescriptor, span, field, reason);

    public static Diagnostic MisplacedParts(SourceSpan span) => Diagnostic.Create(MisplacedPartsDescriptor, span);

    private static DiagnosticDescriptor Error(string id, string format) => new(id, DiagnosticSeverity.Error, format);
}
