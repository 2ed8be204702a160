using Ingestion.Connectors.Sampling;
using Ingestion.Worker.Definitions;
using Ingestion.Worker.Settings;
using Ingestion.Worker.Telemetry;
using Microsoft.Extensions.Options;
using Models.Postgres.Machine;
using ServiceDefaults;

namespace Ingestion.Worker.Pipelines;

/// <summary>Where the data is, made sure of before the service starts.</summary>
internal sealed class DataFolder(
    IOptions<IngestionOptions> options, PipelineCatalog pipelines, SampleQueries queries, ILogger<DataFolder> logger) : IStartCheck
{
    private string? _path;

    /// <summary>The folder that contracts' files are relative to.</summary>
    public string FullPath => _path ?? throw new InvalidOperationException("The start check has not run");

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(options.Value.Data))
        {
            _path = await EnsureSampleAsync(cancellationToken);
            return;
        }

        _path = Path.GetFullPath(options.Value.Data);
        if (!Directory.Exists(_path))
            throw new ServiceException(
                $"The data folder '{_path}' does not exist. Create it, or name another one with {IngestionOptions.Section}__{nameof(IngestionOptions.Data)}.");
    }

    /// <summary>
    /// Written once for each version of the samplers, and whole under another name first: other workers may read it, or be about to
    /// write it, at this moment.
    /// </summary>
    private async Task<string> EnsureSampleAsync(CancellationToken cancellationToken)
    {
        var version = typeof(LeadSample).Module.ModuleVersionId.ToString("N")[..8];
        var folder = Path.Combine(LeadlineFolders.Cache, "sample", $"{options.Value.SampleLeads}-{version}{queries.Identify(pipelines.Declared)}");
        try
        {
            if (!Directory.Exists(folder))
                await WriteSampleAsync(folder, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ServiceException(
                $"Invented data cannot be written to '{folder}': {exception.Message} Set LEADLINE_CACHE to a folder that can be written, or give data " +
                $"with {IngestionOptions.Section}__{nameof(IngestionOptions.Data)}.", exception);
        }

        if (pipelines.Chosen.Any(p => p.Sample is not null || p.SampleSize is not null))
            Log.Sampled(logger, folder);
        return folder;
    }

    /// <summary>All samples, whichever pipelines are chosen: the folder is shared by workers that run others.</summary>
    private async Task WriteSampleAsync(string folder, CancellationToken cancellationToken)
    {
        var staging = $"{folder}.{Guid.NewGuid():N}";
        foreach (var sample in PipelineSamples.Names)
            PipelineSamples.Write(sample, staging, options.Value.SampleLeads);
        foreach (var pipeline in pipelines.Declared)
            await queries.WriteAsync(pipeline, staging, cancellationToken);

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
