using Models.Diagnostics;
using Models.Jinja.Rendering;
using Models.Project.Configuration;
using Models.Project.Diagnostics;
using Models.Project.Files;
using Models.Project.Yaml;

namespace Models.Parsing.Files;

/// <summary>
/// vars.yml beside dbt_project.yml: the vars of the root project in a file of their own. Templates of dbt_project.yml can read them, unlike those that
/// dbt_project.yml itself defines. Source: dbt-core 1.12, config/project.py.
/// </summary>
internal sealed class VarsFile
{
    public const string FileName = "vars.yml";

    public required SourceText Source { get; init; }

    /// <summary>The mapping below <c>vars</c>; empty if there is none.</summary>
    public required JinjaDict Vars { get; init; }

    /// <summary>Returns null if there is no such file, or it cannot be read.</summary>
    public static VarsFile? Read(string folder, DiagnosticBag diagnostics)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path) || SourceFile.Read(path, diagnostics) is not { } source)
            return null;

        var vars = YamlReader.ReadMapping(source, diagnostics)?["vars"];
        if (vars is not (null or YamlMapping or YamlScalar { IsNull: true }))
            diagnostics.Add(ProjectDiagnostics.UnexpectedYamlKind(vars.Span, "vars", vars.Kind, "a mapping"));
        return new VarsFile { Source = source, Vars = vars?.ToTemplateValue() as JinjaDict ?? new JinjaDict() };
    }

    /// <summary>The options with which the root project's own files are rendered: command-line vars take precedence over those of the file.</summary>
    public static CompileOptions Over(VarsFile? file, CompileOptions options)
    {
        if (file is null || file.Vars.Count == 0)
            return options;

        var vars = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in file.Vars)
            vars[PythonText.Str(name)] = value;
        foreach (var (name, value) in options.Vars)
            vars[name] = value;

        return options with { Vars = vars };
    }
}
