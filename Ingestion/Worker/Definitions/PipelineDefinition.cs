using Models.Diagnostics;

namespace Ingestion.Worker.Definitions;

/// <summary>A pipeline as its file declares it: steps over one dbt project, and when they run.</summary>
public sealed record PipelineDefinition
{
    /// <summary>As commands and addresses name it: the name of the project's folder.</summary>
    public required string Name { get; init; }

    /// <summary>The project's folder; its contracts and models are what the steps work on.</summary>
    public required string ProjectDirectory { get; init; }

    /// <summary>Where the file names it.</summary>
    public required SourceSpan Span { get; init; }

    public string Description { get; init; } = "";

    public PipelineSchedule Schedule { get; init; } = new();

    /// <summary>Steps that may run at the same time.</summary>
    public int Concurrency { get; init; } = 1;

    /// <summary>In the order of the file; each comes after those that it depends on, whatever their order.</summary>
    public required IReadOnlyList<PipelineStep> Steps { get; init; }

    /// <summary>The schemas of the project's models that the console, the API and training may read; the others are the worker's alone.</summary>
    public IReadOnlyList<ReadableSchema> Readable { get; init; } = [];

    public IReadOnlyList<PipelineWebhook> Webhooks { get; init; } = [];

    /// <summary>The built-in generator that invents the pipeline's sources for a start without real ones; null for none.</summary>
    public string? Sample { get; init; }

    /// <summary>The size of the sources that the project's own sample queries generate for such a start; null where it has none.</summary>
    public long? SampleSize { get; init; }
}
