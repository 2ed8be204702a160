using Models.Diagnostics;

namespace Ingestion.Connectors.Sources;

/// <summary>Sources that do not match their contract: MDL6201 and following. Each ends its load with nothing written.</summary>
public static class IngestionDiagnostics
{
    private const int ShownColumns = 20;
    private const int ShownLength = 60;
    private const int MaxReason = 300;

    private static readonly DiagnosticDescriptor UnknownFormatDescriptor = Error(
        "MDL6201", "Contract '{0}' has the format '{1}', which no connector reads (there are {3}){2}");
    private static readonly DiagnosticDescriptor MissingFolderDescriptor = Error("MDL6202", "The data folder does not exist; create it or name another one");
    private static readonly DiagnosticDescriptor MissingFileDescriptor = Error(
        "MDL6203", "There is no file '{0}' in the data folder; put it there, or change 'file' in {1}");
    private static readonly DiagnosticDescriptor UnreadableDescriptor = Error("MDL6204", "The file cannot be read: {0}");
    private static readonly DiagnosticDescriptor EmptyDescriptor = Error("MDL6205", "The file is empty; expected {0}");
    private static readonly DiagnosticDescriptor NotTextDescriptor = Error("MDL6206", "The file is not text: {0}");
    private static readonly DiagnosticDescriptor WrongEncodingDescriptor = Error("MDL6207", "The file is not written in {0}: {1}; {2}");
    private static readonly DiagnosticDescriptor UnknownEncodingDescriptor = Error(
        "MDL6208", "Unknown encoding '{0}'; expected a name such as utf-8, utf-16 or windows-1252");
    private static readonly DiagnosticDescriptor MissingColumnDescriptor = Error(
        "MDL6209", "The column '{0}', which {1} requires, is missing{2}; there are {3}");
    private static readonly DiagnosticDescriptor UnexpectedColumnDescriptor = Error(
        "MDL6210", "The column '{0}' is not in {1}{2}; add it there or remove it from the data");
    private static readonly DiagnosticDescriptor DuplicateColumnDescriptor = Error("MDL6211", "The column '{0}' occurs twice; rename or remove one of them");
    private static readonly DiagnosticDescriptor UnclosedQuoteDescriptor = Error(
        "MDL6212", "The quote that opens here is not closed properly; close it, or double a quote that belongs to the text");
    private static readonly DiagnosticDescriptor LongRowDescriptor = Error(
        "MDL6213", "The row that begins here is longer than {0} bytes; is a quote not closed?");
    private static readonly DiagnosticDescriptor FieldCountDescriptor = Error(
        "MDL6214", "The rows have {0} fields where the header has {1}; add 'index_column: true' to the options of {2} where an unnamed index comes first, " +
        "'index_column: false' where the lines end in a separator");
    private static readonly DiagnosticDescriptor ChangedDescriptor = Error("MDL6215", "The file was changed while it was read; load it again");
    private static readonly DiagnosticDescriptor ChangedTypeDescriptor = Error(
        "MDL6216", "Column '{0}' of raw.{1} has type {2}, the contract says {3}; change the contract back, or move the table away ('alter table raw.{1} " +
        "rename to {1}_old') so that a new one is filled");
    private static readonly DiagnosticDescriptor NewRequiredDescriptor = Error(
        "MDL6217", "Field '{0}' is required, but raw.{1} already holds rows without it; remove 'required', or move the table away ('alter table raw.{1} " +
        "rename to {1}_old')");
    private static readonly DiagnosticDescriptor MissingOptionDescriptor = Error("MDL6218", "Contract '{0}' has the format {1}, which needs '{2}'; add it");
    private static readonly DiagnosticDescriptor MalformedJsonDescriptor = Error("MDL6219", "The file is not valid json: {0}");
    private static readonly DiagnosticDescriptor UnknownConnectionDescriptor = Error(
        "MDL6220", "Contract '{0}' reads the connection '{1}', which is not configured{2}; set ConnectionStrings__{1}");
    private static readonly DiagnosticDescriptor UnreadableTableDescriptor = Error(
        "MDL6221", "The table '{0}' of connection '{1}' cannot be read: {2}; check ConnectionStrings__{1} and the contract's 'table'");
    private static readonly DiagnosticDescriptor BadSeedDescriptor = Error("MDL6222", "The seed has an invalid row: {0}; correct it");
    private static readonly DiagnosticDescriptor TooManyBadRowsDescriptor = Error(
        "MDL6223", "Nothing is loaded, because {0} not what {1} says, first this one: {2}; correct the data or the contract, or set the number that is " +
        "acceptable with 'max_bad_rows' there");
    private static readonly DiagnosticDescriptor TooFewRowsDescriptor = Error(
        "MDL6224", "'{0}' has {1} rows to load, expected at least {2}; deliver the data, or set 'min_rows' in the contract to what is acceptable (0: the " +
        "source may be empty)");
    private static readonly DiagnosticDescriptor OutsideDescriptor = Error(
        "MDL6225", "The file '{0}' is outside of the data folder; name a file inside it by a relative path that no link leads out of");
    private static readonly DiagnosticDescriptor NotRegularDescriptor = Error("MDL6226", "'{0}' is not a regular file but {1}; put a file there");
    private static readonly DiagnosticDescriptor LongHeaderDescriptor = Error(
        "MDL6227", "The header is longer than {0} characters; is a quote, or the end of its line, missing?");
    private static readonly DiagnosticDescriptor UnpacksTooFarDescriptor = Error("MDL6228",
        "The file unpacks to more than {0} MB, the most that {1} accepts; is it what you expect? If so, raise 'max_unpacked_mb' in the options there");
    private static readonly DiagnosticDescriptor NoFilesDescriptor = Error(
        "MDL6229", "No file in the data folder matches '{0}'; put one there, or change 'file' in {1}");
    private static readonly DiagnosticDescriptor DamagedDescriptor = Error(
        "MDL6230", "The file is no {0} file that can be read, or it is damaged: {1}; deliver it again, or change 'format' in the contract");
    private static readonly DiagnosticDescriptor UnsupportedColumnDescriptor = Error(
        "MDL6231", "The column '{0}' of the {1} file has a type that no contract has (nested, a list or bytes); remove it from the data");
    private static readonly DiagnosticDescriptor UnknownSheetDescriptor = Error(
        "MDL6232", "The workbook has no sheet '{0}'{1}; there are {2}; change 'sheet' in the options of {3}");
    private static readonly DiagnosticDescriptor SeveralSheetsDescriptor = Error(
        "MDL6233", "The workbook has the sheets {0}; say which one is read with 'sheet' in the options of {1}");
    private static readonly DiagnosticDescriptor MalformedXmlDescriptor = Error("MDL6234", "The file is not valid xml: {0}");
    private static readonly DiagnosticDescriptor ChangedModeDescriptor = Error(
        "MDL6235", "raw.{0} was filled in the mode {1}, the contract says {2}; change the contract back, or move the table away ('alter table raw.{0} rename " +
        "to {0}_old') so that a new one is filled");
    private static readonly DiagnosticDescriptor DuplicateKeyDescriptor = Error(
        "MDL6236", "The primary key '{0}' occurs twice, at {1} and {2}; remove one of them, or correct 'primary_key' in {3}");
    private static readonly DiagnosticDescriptor FailedApiDescriptor = Error("MDL6237", "The API cannot be read: {0} (contract {1})");
    private static readonly DiagnosticDescriptor UnknownSecretDescriptor = Error(
        "MDL6238", "Contract '{0}' needs the secret '{1}', which is not configured{2}; set Secrets__{1}");
    private static readonly DiagnosticDescriptor BadCheckDescriptor = Error("MDL6239", "A check of field '{0}' has the value '{1}', which {2}; correct it");
    private static readonly DiagnosticDescriptor NoNewColumnsDescriptor = Error(
        "MDL6240", "The format {0} has no header, so that 'on_schema_change: add_columns' is impossible; use ignore, or add the fields to the contract");
    private static readonly DiagnosticDescriptor UnknownDatasetDescriptor = Error(
        "MDL6241", "Contract '{0}' has the unknown dataset '{1}'{2}; expected one of {3} in its options");

    public static Diagnostic UnknownFormat(SourceSpan span, string contract, string format, IReadOnlyCollection<string> formats) =>
        Diagnostic.Create(UnknownFormatDescriptor, span, contract, format, NearName.Hint(format, formats), string.Join(", ", formats));

    public static Diagnostic MissingFolder(string folder) =>
        Diagnostic.Create(MissingFolderDescriptor, SourceSpan.WholeFile(folder));

    public static Diagnostic MissingFile(string path, string file, string contract) =>
        Diagnostic.Create(MissingFileDescriptor, SourceSpan.WholeFile(path), file, contract);

    public static Diagnostic Unreadable(string path, string reason) =>
        Diagnostic.Create(UnreadableDescriptor, SourceSpan.WholeFile(path), reason);

    public static Diagnostic Empty(string path, string expected) =>
        Diagnostic.Create(EmptyDescriptor, SourceSpan.WholeFile(path), expected);

    public static Diagnostic NotText(string path, string reason) =>
        Diagnostic.Create(NotTextDescriptor, SourceSpan.WholeFile(path), reason);

    /// <param name="path">The file.</param>
    /// <param name="encoding">The expected encoding.</param>
    /// <param name="reason">The invalid byte and its offset, or the contradicting byte order mark.</param>
    /// <param name="isGiven">Whether the contract specifies the encoding.</param>
    /// <param name="contract">The contract's file.</param>
    public static Diagnostic WrongEncoding(string path, string encoding, string reason, bool isGiven, string contract) =>
        Diagnostic.Create(WrongEncodingDescriptor, SourceSpan.WholeFile(path), encoding, reason, isGiven
            ? $"save it so, or correct 'encoding' in {contract}"
            : $"save it as UTF-8, or name its encoding in {contract}, for example 'options: {{encoding: windows-1252}}'");

    public static Diagnostic UnknownEncoding(SourceSpan span, string encoding) =>
        Diagnostic.Create(UnknownEncodingDescriptor, span, encoding);

    public static Diagnostic MissingColumn(SourceSpan span, string column, string contract, IReadOnlyCollection<string> columns) =>
        Diagnostic.Create(MissingColumnDescriptor, span, Shown(column), contract, NearName.Hint(column, columns), Shown(columns));

    public static Diagnostic UnexpectedColumn(SourceSpan span, string column, string contract, IEnumerable<string> fields) =>
        Diagnostic.Create(UnexpectedColumnDescriptor, span, Shown(column), contract, NearName.Hint(column, fields));

    public static Diagnostic DuplicateColumn(SourceSpan span, string column) =>
        Diagnostic.Create(DuplicateColumnDescriptor, span, Shown(column));

    public static Diagnostic UnclosedQuote(SourceSpan span) => Diagnostic.Create(UnclosedQuoteDescriptor, span);

    public static Diagnostic LongRow(SourceSpan span, int limit) =>
        Diagnostic.Create(LongRowDescriptor, span, limit.ToString());

    public static Diagnostic FieldCount(SourceSpan span, int inRow, int inHeader, string contract) =>
        Diagnostic.Create(FieldCountDescriptor, span, inRow.ToString(), inHeader.ToString(), contract);

    public static Diagnostic Changed(string path) => Diagnostic.Create(ChangedDescriptor, SourceSpan.WholeFile(path));

    public static Diagnostic ChangedType(SourceSpan span, string column, string table, string actual, string expected) =>
        Diagnostic.Create(ChangedTypeDescriptor, span, column, table, actual, expected);

    public static Diagnostic NewRequired(SourceSpan span, string field, string table) =>
        Diagnostic.Create(NewRequiredDescriptor, span, field, table);

    public static Diagnostic MissingOption(SourceSpan span, string contract, string format, string option) =>
        Diagnostic.Create(MissingOptionDescriptor, span, contract, format, option);

    public static Diagnostic MalformedJson(SourceSpan span, string reason) => Diagnostic.Create(MalformedJsonDescriptor, span, reason);

    public static Diagnostic UnknownConnection(SourceSpan span, string contract, string connection, IEnumerable<string> connections) =>
        Diagnostic.Create(UnknownConnectionDescriptor, span, contract, connection, NearName.Hint(connection, connections));

    public static Diagnostic UnreadableTable(SourceSpan span, string table, string connection, string reason) =>
        Diagnostic.Create(UnreadableTableDescriptor, span, table, connection, reason.ReplaceLineEndings(" ").TrimEnd('.'));

    public static Diagnostic BadSeed(SourceSpan span, string reason) => Diagnostic.Create(BadSeedDescriptor, span, reason);

    /// <param name="span">The first bad record.</param>
    /// <param name="howMany">The number of bad records, with the verb.</param>
    /// <param name="contract">The contract's file.</param>
    /// <param name="reason">The violation in the first one.</param>
    public static Diagnostic TooManyBadRows(SourceSpan span, string howMany, string contract, string reason) =>
        Diagnostic.Create(TooManyBadRowsDescriptor, span, howMany, contract, reason);

    public static Diagnostic TooFewRows(SourceSpan span, string source, long rows, long expected) =>
        Diagnostic.Create(TooFewRowsDescriptor, span, source, rows.ToString(), expected.ToString());

    public static Diagnostic Outside(SourceSpan span, string file) => Diagnostic.Create(OutsideDescriptor, span, file);

    public static Diagnostic NotRegular(SourceSpan span, string file, string kind) => Diagnostic.Create(NotRegularDescriptor, span, file, kind);

    public static Diagnostic LongHeader(SourceSpan span, int limit) => Diagnostic.Create(LongHeaderDescriptor, span, limit.ToString());

    public static Diagnostic UnpacksTooFar(string path, int megabytes, string contract) =>
        Diagnostic.Create(UnpacksTooFarDescriptor, SourceSpan.WholeFile(path), megabytes.ToString(), contract);

    public static Diagnostic NoFiles(SourceSpan span, string pattern, string contract) => Diagnostic.Create(NoFilesDescriptor, span, pattern, contract);

    public static Diagnostic Damaged(string path, string kind, string reason) =>
        Diagnostic.Create(DamagedDescriptor, SourceSpan.WholeFile(path), kind, FirstLine(reason));

    public static Diagnostic UnsupportedColumn(string path, string column, string kind) =>
        Diagnostic.Create(UnsupportedColumnDescriptor, SourceSpan.WholeFile(path), Shown(column), kind);

    public static Diagnostic UnknownSheet(string path, string sheet, IReadOnlyCollection<string> sheets, string contract) =>
        Diagnostic.Create(UnknownSheetDescriptor, SourceSpan.WholeFile(path), sheet, NearName.Hint(sheet, sheets), Shown(sheets), contract);

    public static Diagnostic SeveralSheets(string path, IReadOnlyCollection<string> sheets, string contract) =>
        Diagnostic.Create(SeveralSheetsDescriptor, SourceSpan.WholeFile(path), Shown(sheets), contract);

    public static Diagnostic MalformedXml(SourceSpan span, string reason) => Diagnostic.Create(MalformedXmlDescriptor, span, reason);

    public static Diagnostic ChangedMode(SourceSpan span, string table, string actual, string expected) =>
        Diagnostic.Create(ChangedModeDescriptor, span, table, actual, expected);

    public static Diagnostic DuplicateKey(string source, string key, long first, long second, string contract) =>
        Diagnostic.Create(DuplicateKeyDescriptor, SourceSpan.WholeFile(source), Shown(key), first.ToString(), second.ToString(), contract);

    public static Diagnostic FailedApi(string address, string reason, string contract) =>
        Diagnostic.Create(FailedApiDescriptor, SourceSpan.WholeFile(address), FirstLine(reason), contract);

    public static Diagnostic UnknownSecret(SourceSpan span, string contract, string secret, IEnumerable<string> secrets) =>
        Diagnostic.Create(UnknownSecretDescriptor, span, contract, secret, NearName.Hint(secret, secrets));

    public static Diagnostic BadCheck(SourceSpan span, string field, string value, string reason) =>
        Diagnostic.Create(BadCheckDescriptor, span, field, value, reason);

    public static Diagnostic NoNewColumns(SourceSpan span, string format) => Diagnostic.Create(NoNewColumnsDescriptor, span, format);

    public static Diagnostic UnknownDataset(SourceSpan span, string contract, string dataset, IReadOnlyCollection<string> datasets) =>
        Diagnostic.Create(UnknownDatasetDescriptor, span, contract, dataset, NearName.Hint(dataset, datasets), string.Join(", ", datasets));

    /// <summary>Shortens a library's error message, which may be long or contain a stack trace.</summary>
    private static string FirstLine(string reason)
    {
        var line = reason.AsSpan().Trim();
        var end = line.IndexOfAny('\r', '\n');
        line = (end < 0 ? line : line[..end]).TrimEnd('.');
        return line.Length <= MaxReason ? line.ToString() : $"{line[..MaxReason]}...";
    }

    /// <summary>Shortens a list of column names to one line: a file that is not a table may have thousands of any length.</summary>
    private static string Shown(IReadOnlyCollection<string> columns) => columns.Count <= ShownColumns
        ? string.Join(", ", columns.Select(Shown))
        : $"{string.Join(", ", columns.Take(ShownColumns).Select(Shown))} and {columns.Count - ShownColumns} more";

    private static string Shown(string column)
    {
        var line = column.ReplaceLineEndings(" ");
        return line.Length <= ShownLength ? line : $"{line[..ShownLength]}...";
    }

    private static DiagnosticDescriptor Error(string id, string format) => new(id, DiagnosticSeverity.Error, format);
}
