using Models.Diagnostics;
using Models.Project.Graph;

namespace Models.Project.Seeds;

/// <summary>A seed's CSV file: its columns with configured or inferred types, and its rows, streamed.</summary>
public sealed class SeedFile
{
    private readonly SeedNode _seed;
    private readonly char _delimiter;

    private readonly IReadOnlyList<SeedTypeGuess?> _guesses;

    private SeedFile(SeedNode seed, char delimiter, IReadOnlyList<SeedColumn> columns, IReadOnlyList<SeedTypeGuess?> guesses)
    {
        _guesses = guesses;
        _seed = seed;
        _delimiter = delimiter;
        Columns = columns;
    }

    public IReadOnlyList<SeedColumn> Columns { get; }

    /// <summary>One warning per column whose numbers are stored inexactly.</summary>
    public IReadOnlyList<Diagnostic> Warnings { get; private init; } = [];

    /// <summary>Reads the whole file once: reads the header, infers the types that are not configured, and validates every record.</summary>
    /// <exception cref="DiagnosticException">
    /// The file cannot be read, is not UTF-8, has no header or a duplicate name in it, or a record has too many or too few fields.
    /// </exception>
    public static SeedFile Open(SeedNode seed)
    {
        try
        {
            return Read(seed);
        }
        catch (TextFileException e)
        {
            throw new DiagnosticException(SeedDiagnostics.Unreadable(e.Fault.Span, e.Fault.Reason), e);
        }
    }

    private static SeedFile Read(SeedNode seed)
    {
        var delimiter = seed.Config.GetString("delimiter") is { Length: 1 } configured ? configured[0] : ',';
        using var text = OpenText(seed);
        var reader = new CsvReader(text, delimiter);
        var header = reader.Read() ?? throw new DiagnosticException(SeedDiagnostics.Empty(seed.Span));

        var types = ConfiguredTypes(seed);
        var isQuoted = seed.Config.GetBoolean("quote_columns", otherwise: true);
        var sqlNames = header.ConvertAll(name => isQuoted ? name : Relation.NameOf(name));
        CheckHeader(header, sqlNames, LineSpan(seed, reader.Line));

        var guesses = header.Select(name => types.ContainsKey(name) ? null : new SeedTypeGuess()).ToArray();
        var stored = header.Select(name => types.TryGetValue(name, out var type) ? StoredNumber.Of(type) : null).ToArray();
        var inexact = new InexactNumber?[header.Count];
        foreach (var record in Records(reader, header.Count, seed))
        {
            for (var i = 0; i < guesses.Length; i++)
            {
                guesses[i]?.Add(record[i], reader.Line);
                if (inexact[i] is null && stored[i]?.Instead(record[i]) is { } instead)
                    inexact[i] = new InexactNumber(reader.Line, record[i], instead);
            }
        }

        var columns = header.Select((name, i) => new SeedColumn(name, guesses[i]?.Type ?? types[name], sqlNames[i])).ToList();
        return new SeedFile(seed, delimiter, columns, guesses)
        {
            Warnings =
            [
                .. columns.Zip(inexact.Zip(guesses, (typed, guess) => typed ?? guess?.Inexact))
                    .Where(p => p.Second is not null)
                    .Select(p => SeedDiagnostics.Inexact(LineSpan(seed, p.Second!.Line), p.First.Name, p.First.DataType, p.Second.Written, p.Second.Stored)),
            ],
        };
    }

    private static void CheckHeader(IReadOnlyList<string> header, IReadOnlyList<string> sqlNames, SourceSpan place)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < header.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(header[i]))
                throw new DiagnosticException(SeedDiagnostics.UnnamedColumn(place, i + 1));
            if (!ServerName.Fits(sqlNames[i]))
                throw new DiagnosticException(SeedDiagnostics.LongColumn(place, header[i], ServerName.Length(sqlNames[i]), ServerName.Cut(sqlNames[i])));
            if (ServerName.IsSystemColumn(sqlNames[i]))
                throw new DiagnosticException(SeedDiagnostics.SystemColumn(place, header[i]));
            if (!known.Add(sqlNames[i]))
                throw new DiagnosticException(SeedDiagnostics.DuplicateColumn(place, header[i], sqlNames[i]));
        }
    }

    private static SourceSpan LineSpan(SeedNode seed, int line) => new(seed.Span.File, line, 1, line, 1);

    /// <summary>The rows in the file's order; an empty field and the word null are null.</summary>
    /// <exception cref="DiagnosticException">A record has too many or too few fields.</exception>
    public IEnumerable<IReadOnlyList<string?>> ReadRows()
    {
        using var text = OpenText(_seed);
        var reader = new CsvReader(text, _delimiter);
        reader.Read();
        foreach (var record in Records(reader, Columns.Count, _seed))
            yield return [.. record.Select((value, i) => SeedTypeGuess.IsNull(value) ? null : _guesses[i]?.Written(value) ?? value)];
    }

    private static TextReader OpenText(SeedNode seed)
    {
        try
        {
            return TextFile.Open(seed.FilePath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DiagnosticException(SeedDiagnostics.Unreadable(seed.Span, e.Message), e);
        }
    }

    private static IEnumerable<List<string>> Records(CsvReader reader, int count, SeedNode seed)
    {
        while (reader.Read() is { } record)
        {
            if (record.Count != count)
            {
                throw new DiagnosticException(reader.UnclosedQuoteLine is { } opened
                    ? SeedDiagnostics.UnclosedQuote(LineSpan(seed, opened), opened)
                    : SeedDiagnostics.WrongFieldCount(LineSpan(seed, reader.Line), record.Count, count));
            }

            if (reader.UnclosedQuoteLine is { } line)
                throw new DiagnosticException(SeedDiagnostics.UnclosedQuote(LineSpan(seed, line), line));

            yield return record;
        }
    }

    /// <c>column_types</c>, which is a mapping of the template language or a plain dictionary.
    private static Dictionary<string, string> ConfiguredTypes(SeedNode seed)
    {
        var types = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        seed.Config.TryGet("column_types", out var configured);
        foreach (var (name, type) in MappingValue.Entries(configured))
        {
            if (type?.ToString() is { } text)
                types[name] = text;
        }

        return types;
    }
}

/// <summary>A seed's column.</summary>
/// <param name="Name">The name in the header.</param>
/// <param name="DataType">A PostgreSQL type from <c>column_types</c>, or inferred from the values.</param>
/// <param name="SqlName">The name of the table's column: the header's name, which the server folds if <c>quote_columns</c> is false.</param>
public sealed record SeedColumn(string Name, string DataType, string SqlName);
