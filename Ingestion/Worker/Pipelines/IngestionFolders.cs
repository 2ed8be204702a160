using Ingestion.Connectors.Sampling;
using Ingestion.Worker.Settings;
using Ingestion.Worker.Telemetry;
using Microsoft.Extensions.Options;
using Models.Postgres.Machine;
using ServiceDefaults;

namespace Ingestion.Worker.Pipelines;

/// <summary>Where the data and the dbt projects are, made sure of before the service starts.</summary>
internal sealed class IngestionFolders(IOptions<IngestionOptions> options, ChosenPipelines pipelines, ILogger<IngestionFolders> logger) : IStartCheck
{
    private const string ProjectsFolder = "Models/Warehouse";

    private string? _data;
    private string? _projects;

    /// <summary>The folder that contracts' files are relative to.</summary>
    public string Data => _data ?? throw new InvalidOperationException("The start check has not run");

    /// <summary>The folder of one pipeline's dbt project.</summary>
    public string Project(PipelineDefinition pipeline) =>
        Path.Combine(_projects ?? throw new InvalidOperationException("The start check has not run"), pipeline.Project);

    public Task CheckAsync(CancellationToken cancellationToken)
    {
        _projects = FindProjects();
        if (string.IsNullOrWhiteSpace(options.Value.Data))
        {
            _data = EnsureSample();
            return Task.CompletedTask;
        }

        _data = Path.GetFullPath(options.Value.Data);
        return Directory.Exists(_data)
            ? Task.CompletedTask
            : throw new ServiceException($"The data folder '{_data}' does not exist. Create it, or name another one with {IngestionOptions.Section}__{nameof(IngestionOptions.Data)}.");
    }

    /// <summary>
    /// Written once for each version of the samplers, and whole under another name first: other workers may read it, or be about to
    /// write it, at this moment.
    /// </summary>
    private string EnsureSample()
    {
        var version = typeof(LeadSample).Module.ModuleVersionId.ToString("N")[..8];
        var folder = Path.Combine(LeadlineFolders.Cache, "sample", $"{options.Value.SampleLeads}-{version}");
        try
        {
            if (!Directory.Exists(folder))
                WriteSample(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ServiceException($"Invented data cannot be written to '{folder}': {exception.Message} Set LEADLINE_CACHE to a folder that can be written, or give data with {IngestionOptions.Section}__{nameof(IngestionOptions.Data)}.", exception);
        }

        Log.Sampled(logger, folder);
        return folder;
    }

    private void WriteSample(string folder)
    {
        var staging = $"{folder}.{Guid.NewGuid():N}";
        foreach (var pipeline in PipelineTable.All)
            pipeline.WriteSample(staging, options.Value);

        try
        {
            Directory.Move(staging, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            // another worker was quicker, with the same data
            Directory.Delete(staging, recursive: true);
        }
    }

    private string FindProjects()
    {
        if (!string.IsNullOrWhiteSpace(options.Value.Projects))
        {
            var given = Path.GetFullPath(options.Value.Projects);
            return Directory.Exists(given)
                ? given
                : throw new ServiceException($"The folder of the dbt projects '{given}' does not exist. Name another one with {IngestionOptions.Section}__{nameof(IngestionOptions.Projects)}.");
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, ProjectsFolder);
            if (pipelines.All.All(p => File.Exists(Path.Combine(candidate, p.Project, "dbt_project.yml"))))
                return candidate;
        }

        throw new ServiceException($"No folder {ProjectsFolder} above '{AppContext.BaseDirectory}' holds the dbt projects. Name one with {IngestionOptions.Section}__{nameof(IngestionOptions.Projects)}.");
    }
}
