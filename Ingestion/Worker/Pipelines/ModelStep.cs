using System.Security.Cryptography;
using System.Text;
using Ingestion.Worker.Settings;
using Microsoft.Extensions.Options;
using Models.Diagnostics;
using Models.Postgres.Machine;
using Models.Project.Configuration;
using Models.Project.Graph;
using Models.Runner;
using Models.Runner.Engine;
using Npgsql;
using ServiceDefaults.Warehouse;

namespace Ingestion.Worker.Pipelines;

/// <summary>Builds and tests a pipeline's models, in this process.</summary>
internal sealed class ModelStep(
    IngestionFolders folders,
    IConfiguration configuration,
    IOptions<IngestionOptions> options,
    TimeProvider time,
    ILogger<ModelStep> logger)
{
    /// <exception cref="PipelineException">The project has an error, or a model or critical test failed; what is there is the old.</exception>
    public async Task RunAsync(PipelineDefinition pipeline, CancellationToken cancellationToken)
    {
        var connectionString = configuration.GetConnectionString(WarehouseStart.ConnectionName)!;
        var run = new RunOptions
        {
            Verb = RunVerb.Build,
            // they try models on made-up rows, which the build has done
            Selection = new SelectionOptions { ExcludeResourceTypes = [ResourceType.UnitTest] },
            Compile = new CompileOptions
            {
                ProjectDirectory = folders.Project(pipeline),
                ConnectionString = connectionString,
                TargetPath = Path.Combine(ArtifactsFolder(connectionString), pipeline.Name),
                Command = "build",
                Cancellation = cancellationToken,
                TimeProvider = time,
            },
        };
        var summary = await RunAsync(run, pipeline, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        if (summary.Success)
            return;

        var failed = summary.Results.Where(r => r.Status is NodeStatus.Error or NodeStatus.Fail or NodeStatus.PartialSuccess).ToList();
        throw new PipelineException($"{failed.Count} of {summary.Results.Count} models and tests failed, first {failed[0].Node.UniqueId}: {OneLine(failed[0].Message)}");
    }

    private async Task<RunSummary> RunAsync(RunOptions run, PipelineDefinition pipeline, CancellationToken cancellationToken)
    {
        try
        {
            return await new ModelRunner(time).RunAsync(run, new ModelRunLog(pipeline.Name, time, logger), cancellationToken);
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

        var target = new NpgsqlConnectionStringBuilder(connectionString);
        var key = SHA256.HashData(Encoding.UTF8.GetBytes($"{target.Host}:{target.Port}/{target.Database}/{target.SearchPath}"));
        return Path.Combine(LeadlineFolders.Cache, "target", Convert.ToHexStringLower(key.AsSpan(0, 8)));
    }

    private static string OneLine(string message) => message.ReplaceLineEndings(" ");
}
