using System.ComponentModel.DataAnnotations;

namespace Ingestion.Worker.Settings;

/// <summary>Section 'Leadline' of the configuration.</summary>
public sealed class IngestionOptions
{
    public const string Section = "Leadline";

    /// <summary>The folder that contracts' files are relative to; none for invented sample data.</summary>
    public string? Data { get; set; }

    /// <summary>The folder of the dbt projects, one folder each; by default Models/Warehouse of the repository, or beside the program.</summary>
    public string? Projects { get; set; }

    /// <summary>The folder for what model runs leave (compiled SQL, run results); by default one of the user's cache for each warehouse.</summary>
    public string? Artifacts { get; set; }

    /// <summary>The folder of the lake, which steps extract into and load from; by default one of the user's cache for each warehouse.</summary>
    public string? Lake { get; set; }

    /// <summary>The pipelines to run, by name; empty for all.</summary>
    public IList<string> Pipelines { get; } = [];

    /// <summary>Pipelines that run at the same time in this worker.</summary>
    [Range(1, 100)]
    public int ParallelPipelines { get; set; } = 10;

    /// <summary>Files loaded at the same time in a pipeline.</summary>
    [Range(1, 32)]
    public int ParallelLoads { get; set; } = 2;

    /// <summary>The programs of the steps <c>train</c> and <c>score</c>, by those words.</summary>
    public IDictionary<string, string> Programs { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Who may use the API; outside Development nobody else may.</summary>
    public IList<ApiKeyOptions> ApiKeys { get; } = [];

    /// <summary>Leads in the sample.</summary>
    [Range(100, 10_000_000)]
    public int SampleLeads { get; set; } = Connectors.Sampling.LeadSample.DefaultLeads;

    /// <summary>The sizes for the sample queries of pipelines, by the pipeline's name; for one that is not named, as its file says.</summary>
    public IDictionary<string, long> SampleSizes { get; } = new Dictionary<string, long>(StringComparer.Ordinal);
}
