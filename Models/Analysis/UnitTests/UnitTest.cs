using Models.Analysis.Diagnostics;
using Models.Diagnostics;
using Models.Parsing;
using Models.Project.Graph;
using Models.Rendering.Connections;
using Models.Rendering.Nodes;

namespace Models.Analysis.UnitTests;

/// <summary>
/// A unit test as one read-only query: the inputs are common table expressions with the fixtures' rows, the model's SQL reads them, and the result
/// contains the rows in which the model and the expectation differ.
/// </summary>
public sealed class UnitTest
{
    private const int ShownRows = 3;

    private readonly ParsedProject _project;
    private readonly UnitTestNode _test;
    private readonly ModelNode _model;
    private readonly Func<RelationNode, IReadOnlyList<(string Name, string Type)>> _columnsOf;
    private readonly List<(string Name, string Query)> _fixtures = [];
    private readonly Dictionary<string, string> _relations = new(StringComparer.Ordinal);

    /// <param name="project">The project.</param>
    /// <param name="test">The declaration.</param>
    /// <param name="columnsOf">Returns the columns of an input with their types; empty if they are unknown.</param>
    /// <exception cref="DiagnosticException">The declaration is invalid.</exception>
    public UnitTest(
        ParsedProject project, UnitTestNode test, Func<RelationNode, IReadOnlyList<(string Name, string Type)>> columnsOf)
    {
        _project = project;
        _test = test;
        _columnsOf = columnsOf;
        _model = project.Graph.TryGet(test.Model, out var node) && node is ModelNode model
            ? model
            : throw Mistake($"there is no model '{test.Model}'");

        foreach (var given in MappingValue.Items(test.Properties.GetValueOrDefault("given")))
            AddInput(given);
    }

    /// <summary>Renders the model's SQL over the fixtures, without the comparison.</summary>
    public string Render(IAdapterConnection connection)
    {
        _test.Properties.TryGetValue("overrides", out var overrides);
        var macros = Overrides(overrides, "macros");
        var mode = new CompileMode
        {
            Incremental = macros.GetValueOrDefault("is_incremental") as bool? ?? false,
            Relations = _relations,
            NotGiven = read => Mistake($"model '{_model.Name}' reads {Call(read)}, which is not among the inputs; add it under given, with rows: [] for none"),
            Macros = macros,
            Vars = Overrides(overrides, "vars"),
            EnvironmentVariables = Overrides(overrides, "env_vars").ToDictionary(e => e.Key, e => e.Value?.ToString() ?? "", StringComparer.Ordinal),
        };
        return _project.Compile(_model, connection, mode).Sql;
    }

    /// <summary>Runs the test. Returns null if it passes, otherwise one line that describes the difference.</summary>
    /// <exception cref="DiagnosticException">An error in the templates or the declaration.</exception>
    /// <exception cref="Npgsql.PostgresException">The server rejects the query.</exception>
    public string? Run(IAdapterConnection connection, Func<string, string> prepare)
    {
        var with = $"with {string.Join(",\n", _fixtures.Select(f => $"{f.Name} as (\n{f.Query}\n)").Append($"leadline_actual as (\n{Render(connection)}\n)"))}";
        var expected = FixtureRows.Read(_test.Properties.GetValueOrDefault("expect"), _project, _test);
        var produced = Columns(connection, prepare(with));
        var names = expected.Sql is null
            ? expected.Columns
            : [.. connection.Execute(prepare($"{Prefix()}select * from (\n{expected.Sql}\n) as expected limit 0")).Columns];
        var compared = names.ConvertAll(
            name => produced.FirstOrDefault(p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase)) is { Name: not null } found
            ? found
            : throw Mistake($"column '{name}' is expected, which model '{_model.Name}' does not have{NearName.Hint(name, produced.Select(p => p.Name))}"));
        if (compared.Count == 0)
            compared = [.. produced];

        var list = string.Join(", ", compared.Select(Comparable));
        var shown = string.Join(", ", compared.Select(c => $"{Relation.Quote(c.Name)}::text"));
        var sql =
            $"""
            {with},
            leadline_expected as (
            {expected.ToQuery(compared)}
            )
            select 'missing' as side, {shown} from (select {list} from leadline_expected except all select {list} from leadline_actual) as missing
            union all
            select 'unexpected', {shown} from (select {list} from leadline_actual except all select {list} from leadline_expected) as unexpected
            """;
        var difference = connection.Execute(prepare(sql));
        return difference.Rows.Count == 0 ? null : Describe(difference);
    }

    private string Prefix() =>
        _fixtures.Count == 0 ? "" : $"with {string.Join(",\n", _fixtures.Select(f => $"{f.Name} as (\n{f.Query}\n)"))}\n";

    private static IReadOnlyList<(string Name, string Type)> Columns(IAdapterConnection connection, string with)
    {
        var names = connection.Execute($"{with}\nselect * from leadline_actual limit 0").Columns;
        var types = string.Join(", ", names.Select(n => $"pg_typeof(a.{Relation.Quote(n)})::text"));
        var row = connection.Execute($"{with}\nselect {types} from (select 1) as one left join (select * from leadline_actual limit 0) as a on true").Rows[0];
        return [.. names.Zip(row, (name, type) => (name, (string)type!))];
    }

    /// <summary>Types without a sort order to compare rows by: json is compared as jsonb, others as text.</summary>
    private static string Comparable((string Name, string Type) column) => column.Type switch
    {
        "json" => $"{Relation.Quote(column.Name)}::jsonb as {Relation.Quote(column.Name)}",
        "json[]" => $"{Relation.Quote(column.Name)}::jsonb[] as {Relation.Quote(column.Name)}",
        "xml" or "point" or "line" or "lseg" or "box" or "path" or "polygon" or "circle" =>
            $"{Relation.Quote(column.Name)}::text as {Relation.Quote(column.Name)}",
        "xml[]" or "point[]" => $"{Relation.Quote(column.Name)}::text[] as {Relation.Quote(column.Name)}",
        _ => Relation.Quote(column.Name),
    };

    private static string Describe(QueryResult difference)
    {
        var missing = difference.Rows.Where(r => (string?)r[0] == "missing").ToList();
        var unexpected = difference.Rows.Where(r => (string?)r[0] == "unexpected").ToList();
        var parts = new[] { ("expected, but not there", missing), ("there, but not expected", unexpected) }
            .Where(p => p.Item2.Count > 0)
            .Select(p => $"{string.Join(", ", p.Item2.Take(ShownRows).Select(r => Row(difference.Columns, r)))}{Others(p.Item2.Count)} {p.Item1}");
        return string.Join("; ", parts);

        static string Others(int rows) => rows > ShownRows ? $" and {rows - ShownRows} more" : "";
    }

    private static string Row(IReadOnlyList<string> columns, IReadOnlyList<object?> row) =>
        $"({string.Join(", ", columns.Skip(1).Zip(row.Skip(1), (name, value) => $"{name}: {value ?? "null"}"))})";

    private void AddInput(object? given)
    {
        var input = MappingValue.Value(given, "input") as string ?? throw Mistake("a given has no 'input'; write ref('model') or source('name', 'table')");
        var relation = Resolve(input);
        var rows = IsWithoutRows(given) ? FixtureRows.OfSeed(relation as SeedNode
            ?? throw Mistake($"the input {input} has no rows; only those of a seed may be left to its file")) : FixtureRows.Read(given, _project, _test);
        var known = _columnsOf(relation);
        var columns = known.Count > 0 ? known : [.. rows.Columns.Select(c => (c, "text"))];
        var unknown = rows.Columns.FirstOrDefault(c => !columns.Any(k => string.Equals(k.Name, c, StringComparison.OrdinalIgnoreCase)));
        if (unknown is not null)
            throw Mistake($"the input {input} has a column '{unknown}', which is not there{NearName.Hint(unknown, columns.Select(c => c.Name))}");

        var name = $"leadline_given_{_fixtures.Count + 1}";
        _fixtures.Add((name, rows.ToQuery(columns)));
        _relations[relation.UniqueId] = name;
    }

    private static bool IsWithoutRows(object? given) => MappingValue.Value(given, "rows") is null && MappingValue.Value(given, "fixture") is null;

    private static string Call(RelationNode read) => read switch
    {
        SourceNode source => $"source('{source.SourceName}', '{source.Name}')",
        ModelNode { Version: { } version } => $"ref('{read.Name}', v={version})",
        _ => $"ref('{read.Name}')",
    };

    private RelationNode Resolve(string input)
    {
        if (input.Trim() == "this")
            return _model;

        return _project.FindRead(input, _test) ?? throw Mistake($"the input {input} is not there; write ref('model') or source('name', 'table')");
    }

    private static Dictionary<string, object?> Overrides(object? overrides, string kind) =>
        MappingValue.Entries(MappingValue.Value(overrides, kind)).ToDictionary(e => e.Key, e => e.Value, StringComparer.Ordinal);

    private DiagnosticException Mistake(string reason) => new(SqlDiagnostics.UnitTestInput(_test.Span, _test.Name, reason));
}
