using Models.Database;
using Models.Diagnostics;
using Models.Parsing;
using Models.Project.Configuration;

namespace Models.Runner;

/// <summary>Parses a project, and stops where it has errors.</summary>
internal static class ProjectLoader
{
    private const string UndeclaredSource = "MDL1017";

    /// <param name="options">Which project, and how.</param>
    /// <param name="observer">Takes what templates log and print, and the project's inventory and warnings.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <param name="announces">False leaves inventory and warnings unsaid.</param>
    /// <exception cref="RunException">The project has errors; they are in it.</exception>
    public static ParsedProject Load(CompileOptions options, IRunObserver observer, CancellationToken cancellationToken, bool announces = true)
    {
        options = options with { Print = options.Print ?? observer.Printed, Log = options.Log ?? ((text, isInfo) => Log(observer, text, isInfo)) };
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

        if (announces)
            observer.ProjectParsed(project, diagnostics);
        project.Diagnostics.Added = found => Warn(observer, options.Warnings, found);
        return project;
    }

    // what a template warns of while nodes are run
    private static void Warn(IRunObserver observer, WarningPolicy policy, Diagnostic found)
    {
        foreach (var diagnostic in policy.Apply([found]))
            observer.Said(diagnostic.ToString(), isWarning: true);
    }

    private static void Log(IRunObserver observer, string text, bool isInfo)
    {
        if (isInfo)
            observer.Said(text, isWarning: false);
        else
            observer.Noted(text);
    }
}
