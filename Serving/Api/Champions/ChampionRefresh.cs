using Microsoft.Extensions.Options;
using Serving.Api.Configuration;
using Serving.Api.Reads;
using Serving.Api.Telemetry;

namespace Serving.Api.Champions;

/// <summary>Follows the registry: the champion is loaded before the first request, and a newer one soon after its promotion.</summary>
internal sealed class ChampionRefresh(
    ChampionHolder holder, IOptions<ServingOptions> options, TimeProvider time, ILogger<ChampionRefresh> logger) : BackgroundService
{
    private string? _lastFailure;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.RefreshInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await RefreshAsync(stoppingToken);
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await holder.RefreshAsync(cancellationToken))
                Log.ChampionLoaded(logger, holder.Current!.Model.Version, holder.Current.Model.Learner);
            _lastFailure = null;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // the service stops
        }
        catch (WarehouseException)
        {
            // no training has run yet, or an outage, which is logged already
        }
        catch (Exception exception)
        {
            // whatever is wrong with a row of the registry, the service goes on with the champion it has
            var reason = exception.Message.ReplaceLineEndings(" ");
            if (_lastFailure != reason)
                Log.RefreshFailed(logger, reason);
            _lastFailure = reason;
        }
    }
}
