using Models.Database;
using Models.Diagnostics;
using Models.Parsing;
using Models.Project.Configuration;

namespace Models.Engine;

/// <summary>Parses a project, and throws if it has errors.</summary>
internal static class ProjectLoader
{
    private const string UndeclaredSource = "MDL1017";

    /// <param name="options">The options of the parse.</param>
    /// <param name="observer">Receives the output of templates, and the project's inventory and warnings.</param>
    /// <param name="cancellationToken">Cancels the parse.</param>
    /// <param name="announces">False to omit inventory and warnings.</param>
    /// <exception cref="RunException">The project has errors; the exception contains them.</exception>
    public static ParsedProject Load(CompileOptions options, IRunObserver observer, CancellationToken cancellationToken, bool announces = true)
    {
        options = options with { Print = options.Print ?? observer.TemplateOutput, Log = options.Log ?? ((text, isInfo) => Log(observer, text, isInfo)) };
        var project = ProjectParser.Parse(options, cancellationToken);
        // undeclared columns of a source only matter to a build, which checks types; a run queries the database
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

    // called for warnings of templates while nodes run
    private static void Warn(IRunObserver observer, WarningPolicy policy, Diagnostic found)
    {
        foreach (var diagnostic in policy.Apply([found]))
            observer.Message(diagnostic.ToString(), isWarning: true);
    }

    private static void Log(IRunObserver observer, string text, bool isInfo)
    {
        if (isInfo)
            observer.Message(text, isWarning: false);
        else
            observer.Debug(text);
    }
}
