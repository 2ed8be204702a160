using Serving.Console.Reads;
using Serving.Registry;

namespace Serving.Console.Scores;

/// <summary>Reads the registry of trained models.</summary>
internal sealed class ScoreReader(WarehouseReader warehouse, ModelRegistry registry)
{
    /// <summary>The champion; a null value where there is none yet.</summary>
    public Task<Reading<RegisteredModel?>> ChampionAsync(CancellationToken cancellationToken) =>
        warehouse.TryAsync(registry.FindChampionAsync, cancellationToken);
}
