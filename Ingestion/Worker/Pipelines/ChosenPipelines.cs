using Microsoft.Extensions.Options;
using ServiceDefaults;

namespace Ingestion.Worker.Pipelines;

/// <summary>The pipelines that this service runs: those the configuration names, or all.</summary>
internal sealed class ChosenPipelines(IOptions<IngestionOptions> options) : IStartCheck
{
    public IReadOnlyList<PipelineDefinition> All => options.Value.Pipelines.Count == 0
        ? PipelineTable.All
        : [.. PipelineTable.All.Where(p => options.Value.Pipelines.Contains(p.Name))];

    public PipelineDefinition? Find(string name) => All.FirstOrDefault(p => p.Name == name);

    public Task CheckAsync(CancellationToken cancellationToken)
    {
        var known = PipelineTable.All.Select(p => p.Name).ToList();
        return options.Value.Pipelines.FirstOrDefault(name => !known.Contains(name)) is { } unknown
            ? throw new ServiceException($"There is no pipeline '{unknown}'. {IngestionOptions.Section}__{nameof(IngestionOptions.Pipelines)}__0 can be {string.Join(" or ", known)}.")
            : Task.CompletedTask;
    }
}
