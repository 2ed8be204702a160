using Ingestion.Connectors.Sampling;
using Ingestion.Worker.Definitions;
using Ingestion.Worker.Settings;
using Ingestion.Worker.Telemetry;
using Microsoft.Extensions.Options;
using Models.Postgres.Machine;
using ServiceDefaults;

namespace Ingestion.Worker.Pipelines;

/// <summary>Where the data is, made sure of before the service starts.</summary>
internal sealed class DataFolder(IOptions<IngestionOptions> options, PipelineCatalog pipelines, ILogger<DataFolder> logger) : IStartCheck
{
    private string? _path;

    /// <summary>The folder that contracts' files are relative to.</summary>
    public string FullPath => _path ?? throw new InvalidOperationException("The start check has not run");

    public Task CheckAsync(CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(options.Value.Data))
        {
            _path = EnsureSample();
            return Task.CompletedTask;
        }

        _path = Path.GetFullPath(options.Value.Data);
        return Directory.Exists(_path)
            ? Task.CompletedTask
            : throw new ServiceException(
                $"The data folder '{_path}' does not exist. Create it, or name another one with {IngestionOptions.Section}__{nameof(IngestionOptions.Data)}.");
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
            throw new ServiceException(
                $"Invented data cannot be written to '{folder}': {exception.Message} Set LEADLINE_CACHE to a folder that can be written, or give data " +
                $"with {IngestionOptions.Section}__{nameof(IngestionOptions.Data)}.", exception);
        }

        if (pipelines.Chosen.Any(p => p.Sample is not null))
            Log.Sampled(logger, folder);
        return folder;
    }

    /// <summary>All samples, whichever pipelines there are: the folder is shared by workers that run others.</summary>
    private void WriteSample(string folder)
    {
        var staging = $"{folder}.{Guid.NewGuid():N}";
        foreach (var sample in PipelineSamples.Names)
            PipelineSamples.Write(sample, staging, options.Value.SampleLeads);

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
}
