using System.Text.RegularExpressions;
using Models.Diagnostics;
using Models.Jinja.Rendering;
using Models.Project.Diagnostics;
using Models.Project.Graph;

namespace Models.Parsing.Nodes;

/// <summary>Validates the declarations of unit tests before they run. Source: docs.getdbt.com/docs/build/unit-tests.</summary>
internal static partial class UnitTestChecks
{
    private const string IsIncremental = "macro.dbt.is_incremental";

    public static void Report(ParseSession session)
    {
        var models = session.Nodes.OfType<ModelNode>().DistinctBy(m => m.UniqueId).ToDictionary(m => m.UniqueId, StringComparer.Ordinal);
        foreach (var test in session.Nodes.OfType<UnitTestNode>().Where(t => t.Config.Enabled))
        {
            foreach (var given in MappingValue.Items(test.Properties.GetValueOrDefault("given")))
                CheckRows(session, test, given, "input");
            CheckRows(session, test, test.Properties.GetValueOrDefault("expect"), "expected");
            if (models.TryGetValue(test.Model, out var model))
                CheckModel(test, model, session.Diagnostics);
        }
    }

    [GeneratedRegex(@"^\s*ref\(\s*(?:['""][^'""]+['""]\s*,\s*)?['""](?<name>[^'""]+)['""]\s*\)\s*$", RegexOptions.ExplicitCapture)]
    private static partial Regex PlainRef();

    /// <summary>True if the model's own text calls is_incremental(); calls in macros do not count.</summary>
    private static bool AsksForItself(ModelNode model) =>
        model.DirectMacros.Contains(IsIncremental);

    /// <summary>Checks that rows have the declared format: mappings, or text, which may be in a fixture file.</summary>
    private static void CheckRows(ParseSession session, UnitTestNode test, object? declaration, string what)
    {
        var format = MappingValue.Value(declaration, "format") as string ?? "dict";
        if (format is not ("dict" or "csv" or "sql"))
        {
            session.Diagnostics.Add(
                ProjectDiagnostics.InvalidUnitTest(test.Span, test.Name, $"has the format '{format}' for {what} rows; it is dict, csv or sql"));
            return;
        }

        var rows = MappingValue.Value(declaration, "rows");
        var fixture = MappingValue.Value(declaration, "fixture") as string;
        if (format == "dict" ? fixture is not null || rows is string : rows is not string && fixture is null)
            session.Diagnostics.Add(ProjectDiagnostics.InvalidUnitTest(test.Span, test.Name,
                $"has {what} rows which do not match format {format}; expected {(format == "dict" ? "a list of mappings" : "a text, or a fixture")}"));
        else if (fixture is not null)
            CheckFixture(session, test, fixture);
        else if (rows is null && MappingValue.Value(declaration, "input") is string input && PlainRef().Match(input) is { Success: true } reference
            && !session.Nodes.Any(n => n is SeedNode && n.Name == reference.Groups["name"].Value))
            session.Diagnostics.Add(ProjectDiagnostics.InvalidUnitTest(test.Span, test.Name,
                $"has no rows for the input {input}; only those of a seed may be left to its file, and there is no seed '{reference.Groups["name"].Value}'"));
    }

    private static void CheckFixture(ParseSession session, UnitTestNode test, string fixture)
    {
        var files = Fixtures.FindAll(session.Project, test.PackageName, fixture);
        if (files.Count == 0)
            session.Diagnostics.Add(ProjectDiagnostics.InvalidUnitTest(
                test.Span, test.Name, $"names the fixture '{fixture}', for which no file was found in the fixtures folder of the tests"));
        else if (files.Count > 1)
            session.Diagnostics.Add(ProjectDiagnostics.InvalidUnitTest(
                test.Span, test.Name, $"names the fixture '{fixture}', which {files.Count} files define: {string.Join(", ", files)}; rename all but one"));
    }

    private static void CheckModel(UnitTestNode test, ModelNode model, DiagnosticBag diagnostics)
    {
        if (model.Version is null && MappingValue.Entries(test.Properties.GetValueOrDefault("versions"))
            .Any(v => v is { Key: "include" or "exclude", Value: JinjaList { Count: > 0 } or string }))
            diagnostics.Add(ProjectDiagnostics.InvalidUnitTest(
                test.Span, test.Name, $"should not have versions to include or exclude, as the model '{model.Name}' has no versions"));
        if (!AsksForItself(model))
            return;

        var isIncremental = MappingValue.Value(MappingValue.Value(test.Properties.GetValueOrDefault("overrides"), "macros"), "is_incremental");
        if (isIncremental is not bool)
            diagnostics.Add(ProjectDiagnostics.InvalidUnitTest(
                test.Span, test.Name, $"must say under overrides.macros whether is_incremental is true or false, as the model '{model.Name}' asks for it"));
        else if (isIncremental is true && !MappingValue.Items(test.Properties.GetValueOrDefault("given")).Any(g => MappingValue.Value(g, "input") is "this"))
            diagnostics.Add(ProjectDiagnostics.InvalidUnitTest(
                test.Span, test.Name, $"must have a 'this' input, as it tests the incremental form of the model '{model.Name}'"));
    }
}
