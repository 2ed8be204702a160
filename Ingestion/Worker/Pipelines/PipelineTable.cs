using Ingestion.Connectors.Sampling;

namespace Ingestion.Worker.Pipelines;

/// <summary>Every pipeline. A new one is a dbt project with contracts, and a line here.</summary>
public static class PipelineTable
{
    public static IReadOnlyList<PipelineDefinition> All { get; } =
    [
        new("leads", Project: "leads", (folder, options) => LeadSample.Write(folder, options.SampleLeads)),
        new("cars", Project: "cars", (folder, _) => CarSample.Write(folder)),
    ];
}
