using Ingestion.Worker.Definitions;
using Ingestion.Worker.Settings;
using Microsoft.Extensions.Options;
using Models.Database;
using Models.Diagnostics;
using Models.Engine;
using Models.Engine.Execution;
using Models.Postgres.Machine;
using Models.Project.Configuration;
using Models.Project.Graph;
using ServiceDefaults.Warehouse;

namespace Ingestion.Worker.Steps;

/// <summary>Builds or tests a pipeline's models, in this process.</summary>
internal sealed class ModelStep(IConfiguration configuration, IOptions<IngestionOptions> options, ReaderRights rights, TimeProvider time) : IStepAction
{
    public IReadOnlyList<StepKind> Kinds { get; } = [StepKind.Build, StepKind.Test];

    /// <exception cref="PipelineException">The project has an error, or a model or critical test failed; what is there is the old.</exception>
    public async Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var connectionString = configuration.GetConnectionString(WarehouseStart.ConnectionName)!;
        var isBuild = context.Step.Kind == StepKind.Build;
        var run = new RunOptions
        {
            Verb = isBuild ? RunVerb.Build : RunVerb.Test,
            Selection = new SelectionOptions
            {
                Select = context.Step.Select,
                Exclude = context.Step.Exclude,
                // they try models on made-up rows, which the build has done
                ExcludeResourceTypes = [ResourceType.UnitTest],
            },
            EventTimeStart = context.Run.RangeStart?.UtcDateTime,
            EventTimeEnd = context.Run.RangeEnd?.UtcDateTime,
            Prepare = isBuild ? (project, token) => rights.EnsureAsync(context.Pipeline, project, token) : null,
            Compile = new CompileOptions
            {
                ProjectDirectory = context.Pipeline.ProjectDirectory,
                ConnectionString = connectionString,
                TargetPath = Path.Combine(ArtifactsFolder(connectionString), context.Pipeline.Name),
                Command = isBuild ? "build" : "test",
                Cancellation = cancellationToken,
                TimeProvider = time,
            },
        };
        var summary = await RunAsync(run, context, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        if (summary.Success)
            return new StepResult();

        var failed = summary.Results.Where(r => r.Status is NodeStatus.Error or NodeStatus.Fail or NodeStatus.PartialSuccess).ToList();
        throw new PipelineException(
            $"{failed.Count} of {summary.Results.Count} models and tests failed, first {failed[0].Node.UniqueId}: {OneLine(failed[0].Message)}")
        {
            Failures = [.. failed.Select(f => Describe(f))],
        };
    }

    private static FailedCheck Describe(NodeResult failed) => failed.Node is TestNode test
        ? new FailedCheck((test.AttachedNode ?? test.UniqueId).Split('.')[^1], test.Name, OneLine(failed.Message))
        : new FailedCheck(failed.Node.Name, "", OneLine(failed.Message));

    private async Task<RunSummary> RunAsync(RunOptions run, StepContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await new ModelRunner(time).RunAsync(run, new ModelRunLog(context.Pipeline.Name, time, context.Logger), cancellationToken);
        }
        catch (RunException exception)
        {
            var first = exception.Diagnostics.FirstOrDefault(d => d.Severity == DiagnosticSeverity.Error);
            throw new PipelineException(first is null ? OneLine(exception.Message) : $"{exception.Message.TrimEnd('.')}: {first}", exception);
        }
    }

    /// <summary>One folder for each database and schema: services for different ones do not write over each other's results.</summary>
    private string ArtifactsFolder(string connectionString)
    {
        if (!string.IsNullOrWhiteSpace(options.Value.Artifacts))
            return Path.GetFullPath(options.Value.Artifacts);

        return Path.Combine(LeadlineFolders.Cache, "target", LakeFolder.WarehouseKey(connectionString));
    }

    private static string OneLine(string message) => message.ReplaceLineEndings(" ");
}
