using Ingestion.Worker.Definitions;
using Ingestion.Worker.Settings;
using Microsoft.Extensions.Options;
using ServiceDefaults;

namespace Ingestion.Worker.Pipelines;

/// <summary>Finds the folder of the dbt projects, whose folders hold the pipelines.</summary>
internal sealed class ProjectFolder(IOptions<IngestionOptions> options)
{
    private const string Default = "Models/Warehouse";

    /// <exception cref="ServiceException">It is not there.</exception>
    public string Find()
    {
        if (!string.IsNullOrWhiteSpace(options.Value.Projects))
        {
            var given = Path.GetFullPath(options.Value.Projects);
            return Directory.Exists(given)
                ? given
                : throw new ServiceException(
                    $"The folder of the dbt projects '{given}' does not exist. Name another one " +
                    $"with {IngestionOptions.Section}__{nameof(IngestionOptions.Projects)}.");
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, Default);
            if (Directory.Exists(candidate)
                && Directory.EnumerateDirectories(candidate).Any(project => File.Exists(Path.Combine(project, PipelineReader.FileName))))
                return candidate;
        }

        throw new ServiceException(
            $"No folder {Default} above '{AppContext.BaseDirectory}' holds the dbt projects. Name one " +
            $"with {IngestionOptions.Section}__{nameof(IngestionOptions.Projects)}.");
    }
}
