using Models.Compiler;
using Models.Compiler.Diagnostics;

namespace Models.Runner;

/// <summary>Parses a project, and stops where it has errors.</summary>
internal static class ProjectLoader
{
    private const string UndeclaredSource = "MDL1017";

    /// <exception cref="RunException">The project has errors; they are in it.</exception>
    public static ParsedProject Load(CompileOptions options, IRunObserver observer, CancellationToken cancellationToken)
    {
        var project = ProjectParser.Parse(options, cancellationToken);
        // that a source's columns are not declared matters to the build, which checks types; a run asks the database itself
        var diagnostics = options.Warnings.Apply(project.Diagnostics.ToSortedList().Where(d => d.Id != UndeclaredSource)).ToList();
        var errors = diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).ToList();
        if (errors.Count > 0)
        {
            throw new RunException(errors.Count == 1 ? "The project has an error." : $"The project has {errors.Count} errors.")
            {
                Diagnostics = diagnostics,
            };
        }

        observer.ProjectParsed(project, diagnostics);
        return project;
    }
}
