using System.Collections.Concurrent;
using System.Threading.Channels;
using Ingestion.Worker.History;

namespace Ingestion.Worker.Pipelines;

/// <summary>What each pipeline is doing. A pipeline runs once at a time; different ones run side by side.</summary>
internal sealed class PipelineStates
{
    private readonly Channel<PipelineDefinition> _asked = Channel.CreateUnbounded<PipelineDefinition>();
    private readonly ConcurrentDictionary<string, bool> _running = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _succeeded = new(StringComparer.Ordinal);

    /// <summary>The runs asked for by <see cref="TryAsk"/>, as they come.</summary>
    public IAsyncEnumerable<PipelineDefinition> AskedAsync(CancellationToken cancellationToken) => _asked.Reader.ReadAllAsync(cancellationToken);

    public bool IsRunning(PipelineDefinition pipeline) => _running.ContainsKey(pipeline.Name);

    /// <summary>True once a run of this process went well: the marts are there.</summary>
    public bool HasSucceeded(PipelineDefinition pipeline) => _succeeded.ContainsKey(pipeline.Name);

    /// <summary>Asks for a run; false where the pipeline is running or about to.</summary>
    public bool TryAsk(PipelineDefinition pipeline) => TryBegin(pipeline) && _asked.Writer.TryWrite(pipeline);

    /// <summary>Marks the pipeline as running; false where it was.</summary>
    public bool TryBegin(PipelineDefinition pipeline) => _running.TryAdd(pipeline.Name, value: true);

    public void End(PipelineRun run)
    {
        if (run.Status == RunStatus.Succeeded)
            _succeeded.TryAdd(run.Pipeline, value: true);
        _running.TryRemove(run.Pipeline, out _);
    }
}
