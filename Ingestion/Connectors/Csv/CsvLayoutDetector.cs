using System.Globalization;
using Ingestion.Connectors.Sources;
using Models.Contracts;
using Models.Diagnostics;

namespace Ingestion.Connectors.Csv;

/// <summary>
/// Determines a file's separator, its columns and whether it has an unnamed index column, from the contract if it configures them, otherwise from the
/// header and the first rows.
/// </summary>
internal static class CsvLayoutDetector
{
    /// <summary>The number of characters to read: the longest header plus one, to detect a longer one.</summary>
    public const int SampleLength = MaxHeaderLength + 1;

    /// <summary>A table has at most 1,600 columns with names of 63 bytes, so that a longer first line is not a header.</summary>
    private const int MaxHeaderLength = 256 * 1024;

    private const int SampleRows = 100;

    private static readonly char[] Candidates = [',', ';', '\t', '|'];

    public static CsvLayout Detect(string sample, Contract contract, string path)
    {
        var delimiter = contract.Options.Delimiter ?? DetectDelimiter(sample, contract);
        var rows = ReadRows(sample, delimiter, path);
        if (rows.Count == 0)
            throw new DiagnosticException(IngestionDiagnostics.Empty(path, $"the columns of {contract.Span.File}"));

        var header = rows[0];
        var span = new SourceSpan(path, 1, 1, 1, 1);
        var (count, hasExtraIndex) = CountFields(header.Length, rows[1..], contract, span);
        var columns = new List<string?>(header.Select(c => c.Trim().Length == 0 ? null : c.Trim()));
        if (hasExtraIndex)
            columns.Insert(0, null);
        else if (columns[0] is null && contract.Options.IndexColumn == false)
            columns[0] = "";

        while (columns.Count < count)
            columns.Add(null);

        var trailing = columns.Count > 1 && columns[^1] is null ? columns.Count - 1 : -1;
        for (var i = 1; i < columns.Count; i++)
            columns[i] ??= i == trailing ? null : "";

        contract = ColumnMap.Extend(contract, columns);
        return new CsvLayout(contract, delimiter, columns.Count, ColumnMap.Create(contract, columns, span), trailing);
    }

    /// <summary>The separator that splits the header into the most fields of the contract, then into the most fields.</summary>
    private static char DetectDelimiter(string sample, Contract contract) => Candidates
        .Select(c => (Delimiter: c, Header: ReadHeader(sample, c)))
        .MaxBy(c => (ColumnMap.CountMatches(contract, c.Header), c.Header.Length)).Delimiter;

    private static string[] ReadHeader(string sample, char delimiter)
    {
        using var parser = new CsvRowParser(sample, delimiter);
        return parser.Read() ? parser.ToArray() : [];
    }

    private static List<string[]> ReadRows(string sample, char delimiter, string path)
    {
        using var parser = new CsvRowParser(sample, delimiter);
        var rows = new List<string[]>();
        while (rows.Count <= SampleRows && parser.Read())
        {
            rows.Add(parser.ToArray());
            if (rows.Count == 1 && parser.IsBroken)
                throw new DiagnosticException(IngestionDiagnostics.UnclosedQuote(new SourceSpan(path, (int)parser.Line, 1, (int)parser.Line, 1)));
        }

        // the sample may end in the middle of its last row
        if (sample.Length == SampleLength && rows.Count <= SampleRows)
        {
            if (rows.Count == 1)
                throw new DiagnosticException(IngestionDiagnostics.LongHeader(new SourceSpan(path, 1, 1, 1, 1), MaxHeaderLength));
            rows.RemoveAt(rows.Count - 1);
        }

        return rows;
    }

    /// <summary>The number of fields of a row, if all sampled rows have one more than the header for a known reason.</summary>
    private static (int Count, bool HasExtraIndex) CountFields(int inHeader, List<string[]> rows, Contract contract, SourceSpan span)
    {
        if (rows.Count == 0 || rows.Exists(r => r.Length != inHeader + 1))
            return (inHeader, false);

        var mayEndInSeparator = contract.Options.IndexColumn != true && rows.TrueForAll(r => string.IsNullOrWhiteSpace(r[^1]));
        var mayBeginWithIndex = contract.Options.IndexColumn ?? IsCounting(rows);
        if (mayEndInSeparator != mayBeginWithIndex)
            return (inHeader + 1, mayBeginWithIndex);

        throw new DiagnosticException(IngestionDiagnostics.FieldCount(span, inHeader + 1, inHeader, contract.Span.File));
    }

    /// <summary>True if the rows start with consecutive whole numbers.</summary>
    private static bool IsCounting(List<string[]> rows)
    {
        long? previous = null;
        foreach (var row in rows)
        {
            if (!long.TryParse(row[0], NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number)
                || (previous is not null && number != previous + 1))
                return false;

            previous = number;
        }

        return rows.Count > 1;
    }
}
