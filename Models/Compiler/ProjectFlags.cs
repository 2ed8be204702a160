using Models.Compiler.Diagnostics;
using Models.Compiler.Graph;
using Models.Compiler.Project;

namespace Models.Compiler;

/// <summary>
/// <c>flags:</c> of dbt_project.yml: a project's own defaults for what the command line says. Read before anything else, as they say how
/// the rest is read. Source: docs.getdbt.com/reference/global-configs/project-flags.
/// </summary>
public static class ProjectFlags
{
    /// <summary>The flags by name, unrendered; none where there is no project, or one that cannot be read, which parsing it reports.</summary>
    public static IReadOnlyDictionary<string, object?> Read(string projectDirectory)
    {
        var flags = ProjectFileReader.Load(projectDirectory, new DiagnosticBag()) is var (_, root) ? root["flags"]?.ToTemplateValue() : null;
        return MappingValue.Entries(flags).ToDictionary(e => e.Key, e => e.Value, StringComparer.Ordinal);
    }
}
