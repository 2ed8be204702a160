using OpenTelemetry;
using Serving.Api.Reads;
using Serving.Api.Telemetry;
using Serving.Registry;
using Serving.Scoring.Features;

namespace Serving.Api.Champions;

/// <summary>
/// The champion that answers. A request takes it once and keeps it to its end; a swap is one write of one reference, so that no
/// request sees two models or waits for one.
/// </summary>
internal sealed class ChampionHolder(ModelRegistry registry, WarehouseReads reads, PredictionDeclaration declaration)
{
    private readonly SemaphoreSlim _refreshing = new(1, 1);
    private volatile Champion? _current;

    public Champion? Current => _current;

    /// <summary>Takes over the registry's champion where it is another one than the present.</summary>
    /// <returns>Whether it changed.</returns>
    /// <exception cref="WarehouseException">The registry cannot be read.</exception>
    /// <exception cref="InvalidDataException">This build cannot read the registry's champion; the present one stays.</exception>
    public async Task<bool> RefreshAsync(CancellationToken cancellationToken)
    {
        await _refreshing.WaitAsync(cancellationToken);
        try
        {
            var model = await FindAsync(cancellationToken);
            if (model is null || model.Version == _current?.Model.Version)
                return false;

            using var activity = ServingTelemetry.Source.StartActivity("load champion");
            activity?.SetTag("leadline.model.version", model.Version);
            _current = new Champion(model, await registry.LoadAsync(model, declaration.FeatureSchema, cancellationToken));
            return true;
        }
        finally
        {
            _refreshing.Release();
        }
    }

    /// <summary>Asked every few seconds, so it leaves no trace of its own.</summary>
    private async Task<RegisteredModel?> FindAsync(CancellationToken cancellationToken)
    {
        using var untraced = SuppressInstrumentationScope.Begin();
        return await reads.RunAsync(registry.FindChampionAsync, cancellationToken);
    }
}
