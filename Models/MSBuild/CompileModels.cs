using Microsoft.Build.Framework;
using Models.Compiler;
using Models.Diagnostics;
using Models.Project.Configuration;
using Task = Microsoft.Build.Utilities.Task;

namespace Models.MSBuild;

/// <summary>Compiles one model project: its diagnostics are logged to the build, and its C# is added to the compilation.</summary>
public sealed class CompileModels : Task, ICancelableTask, IDisposable
{
    private const int MostDiagnostics = 200;

    private readonly CancellationTokenSource _cancellation = new();

    /// <summary>The path of the project's dbt_project.yml.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>The folder below obj for generated C# and for the build cache.</summary>
    [Required]
    public string OutputDirectory { get; set; } = "";

    /// <summary>The target of the profile; empty for the profile's default.</summary>
    public string TargetName { get; set; } = "";

    /// <summary>Vars in the format of <c>--vars</c>: a YAML or JSON mapping.</summary>
    public string Vars { get; set; } = "";

    /// <summary>False to render the models without analysing them.</summary>
    public bool Analysis { get; set; } = true;

    /// <summary>The connection string of a server for the analysis; if empty, a server is started.</summary>
    public string Connection { get; set; } = "";

    public bool TreatWarningsAsErrors { get; set; }

    public void Cancel() => _cancellation.Cancel();

    public void Dispose() => _cancellation.Dispose();

    public override bool Execute()
    {
        var outputs = new BuildOutputs(Path.GetFullPath(OutputDirectory));
        try
        {
            var result = ProjectCompiler.CompileAsync(Options(), Build(outputs), _cancellation.Token).GetAwaiter().GetResult();
            foreach (var diagnostic in result.Diagnostics.Take(MostDiagnostics))
                Report(diagnostic);

            if (result.Diagnostics.Count > MostDiagnostics)
                Log.LogMessage(MessageImportance.High, $"{result.Diagnostics.Count - MostDiagnostics} more diagnostics are not shown.");

            outputs.Record(result);
            Log.LogMessage(MessageImportance.Normal, $"{result.Project.Name}: {result.Nodes.Count} nodes, {result.AnalysedCount} given to PostgreSQL.");
        }
        catch (DiagnosticException e)
        {
            Report(e.Diagnostic);
        }
        catch (OperationCanceledException) when (_cancellation.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception e)
        {
            Log.LogError(
                null, "MDL9001", null, ProjectFile, 0, 0, 0, 0, "The compiler failed on this project, which is an internal error of the compiler; please " +
                    "report it with the build's detailed log: {0}", e.Message);
            Log.LogMessage(MessageImportance.Low, e.ToString());
        }

        return !Log.HasLoggedErrors;
    }

    private CompileOptions Options() => new()
    {
        ProjectDirectory = Path.GetDirectoryName(Path.GetFullPath(ProjectFile))!,
        Target = TargetName.Length > 0 ? TargetName : null,
        Vars = VarsText.Parse(Vars, "LeadlineVars"),
        Cancellation = _cancellation.Token,
        IgnoresUser = true,
    };

    private BuildOptions Build(BuildOutputs outputs) => new()
    {
        Analysis = Analysis,
        ServerConnectionString = Connection.Length > 0 ? Connection : null,
        CacheDirectory = outputs.Directory,
        CodeDirectory = outputs.CodeDirectory,
        TreatWarningsAsErrors = TreatWarningsAsErrors,
    };

    private void Report(Diagnostic diagnostic)
    {
        // without the end position, so that the line is file(line,column) in every console
        var span = diagnostic.Span;
        if (diagnostic.Severity == DiagnosticSeverity.Error)
            Log.LogError(null, diagnostic.Id, null, span.File, span.StartLine, span.StartColumn, 0, 0, "{0}", diagnostic.Message);
        else if (diagnostic.Severity == DiagnosticSeverity.Warning)
            Log.LogWarning(null, diagnostic.Id, null, span.File, span.StartLine, span.StartColumn, 0, 0, "{0}", diagnostic.Message);
        else
            Log.LogMessage(null, diagnostic.Id, null, span.File, span.StartLine, span.StartColumn, 0, 0, MessageImportance.Normal, "{0}", diagnostic.Message);
    }
}
