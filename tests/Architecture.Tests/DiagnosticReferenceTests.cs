using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;

namespace Architecture.Tests;

/// <summary>
/// docs/diagnostics.md lists every kind of diagnostic; <c>leadline explain</c> reads it. LEADLINE_WRITE_DIAGNOSTICS=1 makes the test write the file.
/// </summary>
public sealed class DiagnosticReferenceTests
{
    private const string Introduction =
        """
        # Diagnostics

        Every error and warning about a project's files has an id. `leadline explain MDL5001` prints its line of this page. An ellipsis (…) stands for
        a name or a text of yours. `--warn-error-options` takes the ids of warnings ([running-models.md](running-models.md)).

        """;

    /// <summary>Bands of ids and what they are about, in the order of the page.</summary>
    private static readonly (string Band, string About)[] Bands =
    [
        ("MDL1", "The project's files and configuration"),
        ("MDL20", "Templates, while they are parsed"),
        ("MDL21", "Templates, while they are rendered"),
        ("MDL22", "What a template asks of dbt's context"),
        ("MDL3", "The graph"),
        ("MDL4", "Statements: syntax, the server (MDL401x), unit tests (MDL402x)"),
        ("MDL5", "Names and types"),
        ("MDL60", "Contracts of models"),
        ("MDL61", "Contracts of sources"),
        ("MDL62", "Sources that are loaded"),
        ("MDL63", "Changes that break readers"),
        ("MDL64", "Seeds"),
        ("MDL65", "Declared predictions"),
        ("MDL66", "Pipelines"),
        ("MDL9", "Internal errors"),
    ];

    private static readonly Lazy<IReadOnlyList<Kind>> Kinds = new(ReadKinds);

    [Fact]
    public void An_id_is_given_once() => Kinds.Value
        .GroupBy(kind => kind.Id, StringComparer.Ordinal)
        .Where(same => same.Count() > 1)
        .Select(same => $"{same.Key}: {string.Join(", ", same.Select(kind => kind.Owner))}")
        .ShouldBeEmpty();

    [Fact]
    public void The_page_lists_every_kind_with_its_message()
    {
        var path = Path.Combine(Repository.Root, "docs", "diagnostics.md");
        var expected = Page();
        if (Environment.GetEnvironmentVariable("LEADLINE_WRITE_DIAGNOSTICS") == "1")
            File.WriteAllText(path, expected);

        File.ReadAllText(path).ReplaceLineEndings("\n").ShouldBe(expected, "write it anew: LEADLINE_WRITE_DIAGNOSTICS=1 dotnet test tests/Architecture.Tests");
    }

    private static string Page()
    {
        var kinds = Kinds.Value.OrderBy(kind => kind.Id, StringComparer.Ordinal).ToList();
        kinds.Where(kind => !Array.Exists(Bands, band => kind.Id.StartsWith(band.Band, StringComparison.Ordinal))).ShouldBeEmpty();
        var page = new StringBuilder(Introduction.ReplaceLineEndings("\n"));
        foreach (var (band, about) in Bands)
        {
            page.Append($"\n## {about}\n\n| id | | message |\n|---|---|---|\n");
            foreach (var kind in kinds.Where(kind => kind.Id.StartsWith(band, StringComparison.Ordinal)))
                page.Append($"| {kind.Id} | {kind.Severity} | {kind.Message} |\n");
        }

        return page.ToString();
    }

    /// <summary>Every descriptor that a class named …Diagnostics holds; the worker's folder has all assemblies that have any.</summary>
    private static List<Kind> ReadKinds()
    {
        var worker = Repository.Products["Ingestion.Worker"].AssemblyPath;
        File.Exists(worker).ShouldBeTrue($"{worker} is missing: build the solution first");
        var fields =
            from path in Directory.EnumerateFiles(Path.GetDirectoryName(worker)!, "*.dll")
            where Repository.Products.ContainsKey(Path.GetFileNameWithoutExtension(path))
            from type in LoadableTypes(Assembly.LoadFrom(path))
            where type.Name.EndsWith("Diagnostics", StringComparison.Ordinal)
            from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            where field.FieldType.FullName == "Models.Diagnostics.DiagnosticDescriptor"
            select (type.Name, Descriptor: field.GetValue(null)!);
        return
        [
            .. fields.Select(field => new Kind(
                Property(field.Descriptor, "Id"),
                Property(field.Descriptor, "Severity").ToLowerInvariant(),
                Regex.Replace(Property(field.Descriptor, "Format"), @"(\{\d+\})+", "…", RegexOptions.ExplicitCapture).Replace("|", "\\|").ReplaceLineEndings(" "),
                field.Name)),
            new Kind("MDL9001", "error", "An internal error of Leadline; please report it with the file that the message names", "Models.MSBuild"),
        ];
    }

    /// <summary>The types that need no framework beyond these tests' own; the others, such as those of ASP.NET, hold no descriptors.</summary>
    private static IEnumerable<Type> LoadableTypes(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException partial)
        {
            return partial.Types.OfType<Type>();
        }
    }

    private static string Property(object descriptor, string name) => descriptor.GetType().GetProperty(name)!.GetValue(descriptor)!.ToString()!;

    private sealed record Kind(string Id, string Severity, string Message, string Owner);
}
