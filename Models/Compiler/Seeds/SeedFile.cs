using Models.Compiler.Graph;
using Models.Diagnostics;

namespace Models.Compiler.Seeds;

/// <summary>A seed's CSV file: its columns with configured or guessed types, and its rows, streamed.</summary>
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

    /// <summary>Reads the header and, for columns without a configured type, every value once.</summary>
    /// <exception cref="DiagnosticException">The file cannot be read, has no header, or a record has too many or too few fields.</exception>
    public static SeedFile Open(SeedNode seed)
    {
        var delimiter = seed.Config.GetString("delimiter") is { Length: 1 } configured ? configured[0] : ',';
        using var text = OpenText(seed);
        var reader = new CsvReader(text, delimiter);
        var header = reader.Read() ?? throw new DiagnosticException(SeedDiagnostics.Empty(seed.Span));

        var types = ConfiguredTypes(seed);
        var guesses = header.Select(name => types.ContainsKey(name) ? null : new SeedTypeGuess()).ToArray();
        if (guesses.Any(g => g is not null))
        {
            foreach (var record in Records(reader, header.Count, seed))
            {
                for (var i = 0; i < guesses.Length; i++)
                    guesses[i]?.Add(record[i]);
            }
        }

        var isQuoted = seed.Config.GetBoolean("quote_columns", otherwise: true);
        var columns = header.Select((name, i) => new SeedColumn(name, guesses[i]?.Type ?? types[name], isQuoted ? name : Unquoted(name))).ToList();
        return new SeedFile(seed, delimiter, columns, guesses);
    }

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

    // without quotes of ours the header stands in the statement as it is, so that quotes of its own count
    private static string Unquoted(string name) => name is ['"', .. { Length: > 0 } inner, '"'] ? inner.Replace("\"\"", "\"") : Relation.Fold(name);

    private static StreamReader OpenText(SeedNode seed)
    {
        try
        {
            return new StreamReader(seed.FilePath);
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
                var place = new SourceSpan(seed.Span.File, reader.Line, 1, reader.Line, 1);
                throw new DiagnosticException(SeedDiagnostics.WrongFieldCount(place, record.Count, count));
            }

            yield return record;
        }
    }

    /// <summary><c>column_types</c>, whose value is a mapping of the template language or a plain dictionary.</summary>
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
/// <param name="Name">As the header has it.</param>
/// <param name="DataType">A PostgreSQL type: from <c>column_types</c>, else guessed from the values.</param>
/// <param name="SqlName">The table's column: the header's name, which the server folds where <c>quote_columns</c> is false.</param>
public sealed record SeedColumn(string Name, string DataType, string SqlName);
