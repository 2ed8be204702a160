using Ingestion.Worker.Settings;
using Ingestion.Worker.Telemetry;
using Microsoft.Extensions.Options;
using ServiceDefaults;

namespace Ingestion.Worker.Pipelines;

/// <summary>
/// The pipelines that this service runs: those the configuration names, else those that the data folder has a folder for, else all.
/// </summary>
internal sealed class ChosenPipelines(IOptions<IngestionOptions> options, ILogger<ChosenPipelines> logger) : IStartCheck
{
    public IReadOnlyList<PipelineDefinition> All { get; private set; } = PipelineTable.All;

    public PipelineDefinition? Find(string name) => All.FirstOrDefault(p => p.Name == name);

    public Task CheckAsync(CancellationToken cancellationToken)
    {
        All = options.Value.Pipelines.Count > 0 ? Named() : WithData();
        return Task.CompletedTask;
    }

    private List<PipelineDefinition> Named()
    {
        var known = PipelineTable.All.Select(p => p.Name).ToList();
        return options.Value.Pipelines.FirstOrDefault(name => !known.Contains(name)) is { } unknown
            ? throw new ServiceException($"There is no pipeline '{unknown}'. {IngestionOptions.Section}__{nameof(IngestionOptions.Pipelines)}__0 can be {string.Join(" or ", known)}.")
            : [.. PipelineTable.All.Where(p => options.Value.Pipelines.Contains(p.Name))];
    }

    /// <summary>Who brings data for one pipeline need not have any for the others.</summary>
    private IReadOnlyList<PipelineDefinition> WithData()
    {
        var data = options.Value.Data;
        if (string.IsNullOrWhiteSpace(data) || !Directory.Exists(data))
            return PipelineTable.All;

        var (with, without) = (new List<PipelineDefinition>(), new List<PipelineDefinition>());
        foreach (var pipeline in PipelineTable.All)
            (Directory.Exists(Path.Combine(data, pipeline.Name)) ? with : without).Add(pipeline);

        if (with.Count == 0)
            throw new ServiceException($"The data folder '{Path.GetFullPath(data)}' has no folder for any pipeline. Expected {string.Join(" or ", PipelineTable.All.Select(p => $"'{p.Name}'"))} in it.");

        foreach (var pipeline in without)
            Log.LeftOut(logger, pipeline.Name, data);

        return with;
    }
}
