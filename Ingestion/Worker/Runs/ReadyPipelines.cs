using System.Collections.Concurrent;
using Ingestion.Worker.Definitions;
using Ingestion.Worker.Pipelines;

namespace Ingestion.Worker.Runs;

/// <summary>The pipelines whose run at the start of this service went well: what others read is there.</summary>
internal sealed class ReadyPipelines(PipelineCatalog pipelines)
{
    private readonly ConcurrentDictionary<string, bool> _ready = new(StringComparer.Ordinal);

    /// <summary>Those whose first run has not gone well yet.</summary>
    public IReadOnlyList<string> Waiting => [.. pipelines.Chosen.Where(p => p.Schedule.AtStart && !_ready.ContainsKey(p.Name)).Select(p => p.Name)];

    public void Add(PipelineDefinition pipeline) => _ready.TryAdd(pipeline.Name, value: true);
}
