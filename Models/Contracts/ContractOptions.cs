namespace Models.Contracts;

/// <summary>
/// The location and format of a contract's data. The connector detects the options that a contract omits. Options are part of a batch's identity, so
/// that data is loaded again if it is parsed in a different way; an option that cannot change a row is marked with <see cref="SameRowsAttribute"/>.
/// </summary>
public sealed record ContractOptions
{
    /// <summary>The data file, relative to the data folder, with forward slashes; empty for a format that reads no file.</summary>
    [SameRows]
    public string File { get; init; } = "";

    /// <summary>
    /// Paths and patterns (<c>*</c> within a folder, <c>**</c> across folders) of several data files, each of which is a separate batch; empty for a
    /// contract that names one <see cref="File"/>.
    /// </summary>
    [SameRows]
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>The connection string's name of the object storage that holds the files; empty for the data folder.</summary>
    [SameRows]
    public string Store { get; init; } = "";

    /// <summary>The maximum size in megabytes of an uncompressed file.</summary>
    [SameRows]
    public int MaxUnpackedMegabytes { get; init; } = 4096;

    /// <summary>The column separator of a CSV file; null to detect it.</summary>
    public char? Delimiter { get; init; }

    /// <summary>The file's encoding by its web name (<c>utf-8</c>, <c>utf-16</c>, <c>windows-1252</c>); null to detect it.</summary>
    public string? Encoding { get; init; }

    /// <summary>Whether each row of a CSV file starts with an unnamed index column, which is skipped; null to detect it.</summary>
    public bool? IndexColumn { get; init; }

    /// <summary>The character between groups of three digits; null if numbers have none.</summary>
    public char? ThousandsSeparator { get; init; }

    public char DecimalSeparator { get; init; } = '.';

    /// <summary>Texts that mean null, besides the empty text.</summary>
    public IReadOnlyList<string> NullValues { get; init; } = [];

    /// <summary>The path of the elements of an XML file that are records, for example <c>/orders/order</c>.</summary>
    public string RecordPath { get; init; } = "";

    /// <summary>The sheet of a workbook to read; null for its only one.</summary>
    public string? Sheet { get; init; }

    /// <summary>The HTTP API to read; null for other formats. It does not identify the batch: the content of the responses does.</summary>
    [SameRows]
    public HttpOptions? Http { get; init; }

    /// <summary>The kind of data to generate: users, products or purchases.</summary>
    public string Dataset { get; init; } = "";

    /// <summary>The number of rows to generate; null for a thousand.</summary>
    public long? Rows { get; init; }

    /// <summary>The random seed; the same seed gives the same rows.</summary>
    public int RandomSeed { get; init; } = 1;

    /// <summary>The field that identifies an event of a webhook; empty to identify it by the request's key or by its content.</summary>
    [SameRows]
    public string Key { get; init; } = "";

    /// <summary>The days for which an event of a webhook that was loaded is kept, and known when it is sent again.</summary>
    [SameRows]
    public int KeepDays { get; init; } = 30;

    /// <summary>The maximum size in kilobytes of a request that sends events.</summary>
    [SameRows]
    public int MaxRequestKilobytes { get; init; } = 1024;

    /// <summary>The connection string's name of the database to read.</summary>
    [SameRows]
    public string Connection { get; init; } = "";

    /// <summary>The folder of the lake to read.</summary>
    [SameRows]
    public string From { get; init; } = "";

    /// <summary>The table to read, for example <c>public.cars</c>.</summary>
    [SameRows]
    public string Table { get; init; } = "";

    /// <summary>
    /// A CSV file, relative to the data folder, from which the table is created if it does not exist; empty if another application creates the table.
    /// </summary>
    [SameRows]
    public string Seed { get; init; } = "";
}
