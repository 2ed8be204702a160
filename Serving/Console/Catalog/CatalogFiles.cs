using System.Text.Json;
using Microsoft.Extensions.Logging;
using Serving.Console.Reads;

namespace Serving.Console.Catalog;

/// <summary>The manifests that the build of Models.Warehouse copies beside the program, a folder a project; read once.</summary>
internal sealed class CatalogFiles(ConsoleOptions options, ILogger<CatalogFiles> logger)
{
    private readonly Lazy<WarehouseCatalog> _catalog = new(() => Read(options.Manifests, logger));

    public WarehouseCatalog Catalog => _catalog.Value;

    private static WarehouseCatalog Read(string folder, ILogger logger)
    {
        var nodes = new List<CatalogNode>();
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.json", SearchOption.AllDirectories) : [];
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            try
            {
                using var stream = File.OpenRead(file);
                nodes.AddRange(ManifestReader.Read(stream));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or InvalidDataException)
            {
                Log.ManifestUnreadable(logger, Path.GetFileName(file), exception.Message.ReplaceLineEndings(" "));
            }
        }

        return new WarehouseCatalog(nodes);
    }
}

/// <param name="Manifests">The folder with a manifest of each project.</param>
internal sealed record ConsoleOptions(string Manifests);
