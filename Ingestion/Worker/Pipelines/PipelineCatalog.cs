using Ingestion.Worker.Definitions;
using Ingestion.Worker.Settings;
using Ingestion.Worker.Telemetry;
using Microsoft.Extensions.Options;
using Models.Contracts;
using Models.Diagnostics;
using ServiceDefaults;

namespace Ingestion.Worker.Pipelines;

/// <summary>
/// The pipelines that the projects' files declare, and of them those that this service runs: the ones that the configuration names, else
/// those that the data folder has a folder for, else all.
/// </summary>
internal sealed class PipelineCatalog(ProjectFolder projects, IOptions<IngestionOptions> options, ILogger<PipelineCatalog> logger) : IStartCheck
{
    /// <summary>Those that this service runs.</summary>
    public IReadOnlyList<PipelineDefinition> Chosen { get; private set; } = [];

    /// <summary>Every one that is declared.</summary>
    public IReadOnlyList<PipelineDefinition> Declared { get; private set; } = [];

    public PipelineDefinition? Find(string name) => Chosen.FirstOrDefault(p => p.Name == name);

    public Task CheckAsync(CancellationToken cancellationToken)
    {
        Declared = ReadAll(projects.Find());
        Chosen = options.Value.Pipelines.Count > 0 ? Named() : WithData();
        return Task.CompletedTask;
    }

    private List<PipelineDefinition> ReadAll(string folder)
    {
        var diagnostics = new DiagnosticBag();
        var pipelines = Directory.EnumerateDirectories(folder)
            .Order(StringComparer.Ordinal)
            .Select(project => Path.Combine(project, PipelineReader.FileName))
            .Where(File.Exists)
            .Select(file => PipelineReader.Read(file, diagnostics))
            .OfType<PipelineDefinition>()
            .ToList();
        var mistakes = diagnostics.ToSortedList();
        foreach (var mistake in mistakes.SkipLast(1))
            Log.MistakeInPipeline(logger, mistake.ToString());
        if (mistakes.Count > 0)
            throw new ServiceException(mistakes[^1].ToString());

        return pipelines.Count > 0
            ? pipelines
            : throw new ServiceException($"No project in '{folder}' has a pipeline: put a file {PipelineReader.FileName} into its folder.");
    }

    private List<PipelineDefinition> Named()
    {
        var known = Declared.Select(p => p.Name).ToList();
        return options.Value.Pipelines.FirstOrDefault(name => !known.Contains(name)) is { } unknown
            ? throw new ServiceException(
                $"There is no pipeline '{unknown}'. {IngestionOptions.Section}__{nameof(IngestionOptions.Pipelines)}__0 can be {string.Join(" or ", known)}.")
            : [.. Declared.Where(p => options.Value.Pipelines.Contains(p.Name))];
    }

    /// <summary>Who brings data for one pipeline need not have any for the others; one that loads no files needs none.</summary>
    private IReadOnlyList<PipelineDefinition> WithData()
    {
        var data = options.Value.Data;
        if (string.IsNullOrWhiteSpace(data) || !Directory.Exists(data))
            return Declared;

        var loading = Declared.Where(LoadsFiles).ToList();
        var without = loading.Where(p => !Directory.Exists(Path.Combine(data, p.Name))).ToList();
        if (without.Count > 0 && without.Count == loading.Count)
            throw new ServiceException(
                $"The data folder '{Path.GetFullPath(data)}' has no folder for any pipeline. " +
                $"Expected {string.Join(" or ", without.Select(p => $"'{p.Name}'"))} in it.");

        foreach (var pipeline in without)
            Log.LeftOut(logger, pipeline.Name, data);

        return [.. Declared.Except(without)];
    }

    /// <summary>A contract with a mistake, which the pipeline's run reports, may be one of a file.</summary>
    private static bool LoadsFiles(PipelineDefinition pipeline)
    {
        if (!pipeline.Steps.Any(s => s.Kind is StepKind.Ingest or StepKind.Extract))
            return false;

        var diagnostics = new DiagnosticBag();
        var contracts = ContractReader.ReadAll(pipeline.ProjectDirectory, diagnostics);
        return diagnostics.HasErrors || contracts.Select(c => c.Options).Any(
            o => o.Store.Length == 0 && (o.File.Length > 0 || o.Files.Count > 0 || o.Seed.Length > 0));
    }
}
