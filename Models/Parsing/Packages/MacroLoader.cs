using Models.Diagnostics;
using Models.Jinja.Parsing;
using Models.Project.Diagnostics;
using Models.Project.Files;
using Models.Project.Graph;
using Models.Rendering.Macros;

namespace Models.Parsing.Packages;

/// <summary>Reads macros: those of packages from their files, the built-in ones from this assembly.</summary>
internal static class MacroLoader
{
    private static readonly Lazy<IReadOnlyList<MacroSource>> s_builtIn = new(LoadBuiltIn);

    /// <summary>The macros of the packages <c>dbt</c> and <c>dbt_postgres</c>, read once per process.</summary>
    public static IReadOnlyList<MacroSource> BuiltIn => s_builtIn.Value;

    public static IReadOnlyList<MacroSource> Load(IReadOnlyList<PackageFiles> packages, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        var macros = new List<MacroSource>(BuiltIn);
        foreach (var package in packages)
        {
            var files = package.MacroFiles.OrderBy(f => f.Relative, StringComparer.Ordinal).ToList();
            var found = new List<MacroSource>[files.Count];
            Parallel.For(0, found.Length, new ParallelOptions { CancellationToken = cancellationToken }, i =>
                found[i] = SourceFile.Read(files[i].Absolute, diagnostics) is { } source
                    ? [.. Read(source, package.Project.Name, files[i].Relative, diagnostics)]
                    : []);
            foreach (var ofFile in found)
                macros.AddRange(ofFile);
        }

        ReportDuplicates(macros, diagnostics);
        return macros;
    }

    private static IEnumerable<MacroSource> Read(SourceText source, string package, string relative, DiagnosticBag diagnostics)
    {
        foreach (var block in TemplateReader.Read(source, diagnostics).Macros)
        {
            yield return new MacroSource(
                new MacroDefinition
                {
                    UniqueId = $"macro.{package}.{block.MacroName}",
                    Name = block.MacroName,
                    PackageName = package,
                    OriginalFilePath = relative,
                    Span = block.NameSpan,
                    Sql = block.Text,
                },
                block);
        }
    }

    private static List<MacroSource> LoadBuiltIn()
    {
        var assembly = typeof(MacroSource).Assembly;
        var prefix = $"{assembly.GetName().Name}.Macros.";
        var diagnostics = new DiagnosticBag();
        var macros = new List<MacroSource>();
        foreach (var resource in assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            if (!resource.StartsWith(prefix, StringComparison.Ordinal) || resource.Split('.') is not [.., var package, var file, "sql"])
                continue;

            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            macros.AddRange(Read(new SourceText($"{package}/{file}.sql", reader.ReadToEnd()), package, $"macros/{file}.sql", diagnostics));
        }

        return diagnostics.ToSortedList() is [var mistake, ..] ? throw new DiagnosticException(mistake) : macros;
    }

    private static void ReportDuplicates(List<MacroSource> macros, DiagnosticBag diagnostics)
    {
        var seen = new Dictionary<string, MacroDefinition>(StringComparer.Ordinal);
        foreach (var macro in macros)
        {
            if (!seen.TryAdd(macro.Definition.UniqueId, macro.Definition))
                diagnostics.Add(
                    ProjectDiagnostics.DuplicateName(macro.Definition.Span, "the macro", macro.Definition.Name, seen[macro.Definition.UniqueId].Span));
        }
    }
}
