using System.Text.RegularExpressions;
using Models.Analysis.Diagnostics;
using Models.Diagnostics;
using Models.Parsing;
using Models.Project.Diagnostics;
using Models.Project.Graph;
using Models.Project.Seeds;

namespace Models.Analysis.UnitTests;

/// <summary>
/// The rows of one <c>given</c> or <c>expect</c>: a list of mappings, CSV text, or a query; inline, or in a fixture file. Source: dbt documentation,
/// Unit tests.
/// </summary>
internal sealed partial class FixtureRows
{
    private readonly List<IReadOnlyDictionary<string, object?>> _rows = [];

    /// <summary>The columns of all rows, in the order of their first use.</summary>
    public List<string> Columns { get; } = [];

    /// <summary>The query of format <c>sql</c>; null for rows.</summary>
    public string? Sql { get; private init; }

    /// <param name="declaration">The mapping with <c>rows</c>, <c>format</c> and <c>fixture</c>.</param>
    /// <param name="project">The project, for fixture files.</param>
    /// <param name="test">The unit test, for messages.</param>
    /// <exception cref="DiagnosticException">A fixture does not exist, or the rows are invalid.</exception>
    public static FixtureRows Read(object? declaration, ParsedProject project, UnitTestNode test)
    {
        var format = MappingValue.Value(declaration, "format") as string ?? "dict";
        if (format is not ("dict" or "csv" or "sql"))
            throw Mistake(test, $"the format '{format}' is not known; it is dict, csv or sql");

        var rows = MappingValue.Value(declaration, "rows");
        var fixture = MappingValue.Value(declaration, "fixture") as string;
        if (fixture is not null)
            rows = ReadFixture(fixture, format == "sql" ? ".sql" : ".csv", project, test);

        if (format == "sql")
            return new FixtureRows { Sql = rows?.ToString()?.Trim().TrimEnd(';') ?? throw Mistake(test, "a fixture of format sql has no rows") };

        var result = new FixtureRows();
        if (rows is string text)
            result.AddCsv(text, test);
        else if (rows is System.Collections.IEnumerable items)
            result.AddMappings(items);

        return result;
    }

    /// <summary>Reads the rows of a seed.</summary>
    /// <exception cref="DiagnosticException">The seed's file cannot be read.</exception>
    public static FixtureRows OfSeed(SeedNode seed)
    {
        var file = SeedFile.Open(seed);
        var result = new FixtureRows();
        result.Columns.AddRange(file.Columns.Select(c => c.SqlName));
        foreach (var row in file.ReadRows())
            result._rows.Add(result.Columns.Zip(row).ToDictionary(p => p.First, object? (p) => p.Second, StringComparer.OrdinalIgnoreCase));

        return result;
    }

    /// <summary>Builds a query that returns these rows.</summary>
    /// <param name="columns">The columns to select, with their types; a missing value is null.</param>
    public string ToQuery(IReadOnlyList<(string Name, string Type)> columns)
    {
        if (Sql is not null)
            return Sql;

        // without its maximum length, a type does not cut a longer value
        columns = [.. columns.Select(c => (c.Name, Unlimited(c.Type)))];
        var types = string.Join(", ", columns.Select(c => $"null::{c.Type} as {Relation.Quote(c.Name)}"));
        if (_rows.Count == 0)
            return $"select {types} where false";

        return string.Join("\nunion all\n", _rows.Select(row => "select " + string.Join(", ", columns.Select(c => Value(row, c)))));
    }

    private static string Value(IReadOnlyDictionary<string, object?> row, (string Name, string Type) column)
    {
        var value = row.FirstOrDefault(v => string.Equals(v.Key, column.Name, StringComparison.OrdinalIgnoreCase)).Value;
        return $"{FixtureValue.Constant(value, column.Type)}::{column.Type} as {Relation.Quote(column.Name)}";
    }

    private static string ReadFixture(string name, string extension, ParsedProject project, UnitTestNode test) =>
        project.FindFixture(test, name) is { } file
            ? ReadFixture(file)
            : throw Mistake(test, $"there is no fixture '{name}{extension}'; put it into the fixtures folder of the tests");

    private static string ReadFixture(string file)
    {
        try
        {
            return TextFile.ReadAllText(file);
        }
        catch (TextFileException e)
        {
            throw new DiagnosticException(ProjectDiagnostics.UnreadableFile(e.Fault.Span, e.Fault.Reason), e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DiagnosticException(ProjectDiagnostics.UnreadableFile(SourceSpan.WholeFile(file), e.Message), e);
        }
    }

    private void AddMappings(System.Collections.IEnumerable items)
    {
        foreach (var item in items)
        {
            var row = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
            foreach (var (name, value) in MappingValue.Entries(item))
            {
                row[name] = value;
                AddColumn(name);
            }

            _rows.Add(row);
        }
    }

    private void AddCsv(string text, UnitTestNode test)
    {
        var reader = new CsvReader(new StringReader(text.Trim()), ',');
        var header = reader.Read()?.ConvertAll(h => h.Trim()) ?? throw Mistake(test, "a CSV fixture has no header");
        header.ForEach(AddColumn);
        while (reader.Read() is { } record)
        {
            if (record.Count != header.Count)
                throw Mistake(test, $"line {reader.Line} of a CSV fixture has {record.Count} fields where the header has {header.Count}");

            _rows.Add(header.Zip(record).ToDictionary(
                p => p.First, object? (p) => SeedTypeGuess.IsNull(p.Second.Trim()) ? null : p.Second.Trim(), StringComparer.OrdinalIgnoreCase));
        }
    }

    private void AddColumn(string name)
    {
        if (!Columns.Contains(name, StringComparer.OrdinalIgnoreCase))
            Columns.Add(name);
    }

    private static string Unlimited(string type) =>
        LimitedText().Replace(type, limited => limited.Value.Contains("var", StringComparison.Ordinal) ? "varchar" : "bpchar");

    /// <summary>A type of text with a maximum length; <c>character</c> alone has the length 1.</summary>
    [GeneratedRegex(@"^(character varying|varchar|bpchar)\(\d+\)|^(character|char)\b(\(\d+\))?(?! varying)", RegexOptions.ExplicitCapture)]
    private static partial Regex LimitedText();

    private static DiagnosticException Mistake(UnitTestNode test, string reason) =>
        new(SqlDiagnostics.UnitTestInput(test.Span, test.Name, reason));
}
