using Microsoft.Extensions.Options;
using Serving.Api.Configuration;
using Serving.Api.Reads;
using Serving.Api.Telemetry;

namespace Serving.Api.Served;

/// <summary>Follows the registry: the champion is loaded before the first request, and a newer one soon after its promotion.</summary>
internal sealed class ChampionRefresh(
    ServedPredictions served, IOptions<ServingOptions> options, TimeProvider time, ILogger<ChampionRefresh> logger) : BackgroundService
{
    private readonly Dictionary<string, string> _lastFailures = new(StringComparer.Ordinal);

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
        foreach (var one in served.All)
            await RefreshAsync(one, cancellationToken);
    }

    private async Task RefreshAsync(ServedPrediction one, CancellationToken cancellationToken)
    {
        var name = one.Declaration.Name;
        try
        {
            if (await one.Champions.RefreshAsync(cancellationToken))
                Log.ChampionLoaded(logger, one.Champions.Current!.Model.Version, one.Champions.Current.Model.Learner, name);
            _lastFailures.Remove(name);
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
            if (_lastFailures.GetValueOrDefault(name) != reason)
                Log.RefreshFailed(logger, name, reason);
            _lastFailures[name] = reason;
        }
    }
}
