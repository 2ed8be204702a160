namespace Models.Contracts;

/// <summary>
/// Where a contract's data is and how it is written. What a contract does not say, the connector detects. An option is part of what a batch
/// is, so that data is loaded anew where it is read in another way; one that cannot change a row says so by <see cref="SameRowsAttribute"/>.
/// </summary>
public sealed record ContractOptions
{
    /// <summary>The data file, relative to the data folder, with forward slashes; empty for a format that reads no file.</summary>
    [SameRows]
    public string File { get; init; } = "";

    /// <summary>
    /// Paths and patterns (<c>*</c> within a folder, <c>**</c> across folders) of several data files, of which each is a batch of its own;
    /// empty for a contract that names one <see cref="File"/>.
    /// </summary>
    [SameRows]
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>How many megabytes a compressed file may have when it is unpacked.</summary>
    [SameRows]
    public int MaxUnpackedMegabytes { get; init; } = 4096;

    /// <summary>The column separator of a CSV file; null to detect it.</summary>
    public char? Delimiter { get; init; }

    /// <summary>The file's encoding, by its web name (<c>utf-8</c>, <c>utf-16</c>, <c>windows-1252</c>); null to detect it.</summary>
    public string? Encoding { get; init; }

    /// <summary>Whether each row of a CSV file begins with an unnamed index, which is left out; null to detect it.</summary>
    public bool? IndexColumn { get; init; }

    /// <summary>The character between groups of three digits; null where numbers have none.</summary>
    public char? ThousandsSeparator { get; init; }

    public char DecimalSeparator { get; init; } = '.';

    /// <summary>Texts that stand for no value, beside the blank.</summary>
    public IReadOnlyList<string> NullValues { get; init; } = [];

    /// <summary>The path of the elements of an XML file that are its records, for example <c>/orders/order</c>.</summary>
    public string RecordPath { get; init; } = "";

    /// <summary>The sheet of a workbook that is read; null for the only one.</summary>
    public string? Sheet { get; init; }

    /// <summary>The API that is read; null for a format that reads none. What it answers is what counts.</summary>
    [SameRows]
    public HttpOptions? Http { get; init; }

    /// <summary>The kind of data that is invented: users, products or purchases.</summary>
    public string Dataset { get; init; } = "";

    /// <summary>How many rows are invented; null for a thousand.</summary>
    public long? Rows { get; init; }

    /// <summary>The same seed gives the same rows.</summary>
    public int RandomSeed { get; init; } = 1;

    /// <summary>The name of the connection string of a database that is read.</summary>
    [SameRows]
    public string Connection { get; init; } = "";

    /// <summary>The table that is read, for example <c>public.cars</c>.</summary>
    [SameRows]
    public string Table { get; init; } = "";

    /// <summary>
    /// A CSV file, relative to the data folder, that the table is created from where it is not there yet; empty for a table that
    /// is somebody else's to create.
    /// </summary>
    [SameRows]
    public string Seed { get; init; } = "";
}
