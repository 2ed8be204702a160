using Ingestion.Worker.Settings;

namespace Ingestion.Worker.Pipelines;

/// <summary>A pipeline: the sources that a dbt project's contracts name, then the project's models.</summary>
/// <param name="Name">As commands and addresses name it; its files are in the folder of that name.</param>
/// <param name="Project">The dbt project's folder below the folder of projects.</param>
/// <param name="WriteSample">Writes invented sources into a folder, for a start without real ones.</param>
public sealed record PipelineDefinition(string Name, string Project, Action<string, IngestionOptions> WriteSample);
