using Microsoft.Extensions.Options;
using OpenTelemetry;
using Serving.Api.Configuration;
using Serving.Api.Reads;
using Serving.Api.Telemetry;
using Serving.Registry;

namespace Serving.Api.Predictions;

/// <summary>
/// Writes the scores that were given, all of an interval in one statement, beside the requests. While the warehouse does not take them
/// they wait, and what comes when the queue is full is lost and counted.
/// </summary>
internal sealed class PredictionWriter(
    PredictionQueue queue, PredictionTable table, IOptions<ServingOptions> options, TimeProvider time, ILogger<PredictionWriter> logger) : BackgroundService
{
    private const int LargestBatch = 10_000;

    /// <summary>How long the service's stop waits for the last scores.</summary>
    private static readonly TimeSpan s_lastWrite = TimeSpan.FromSeconds(2);

    private readonly List<Prediction> _batch = new(LargestBatch);
    private bool _isFailing;
    private int _isStopped;

    /// <summary>After the last request has been answered: the server stops before this service.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);

        // a host may be told to stop twice at once, and the last scores are written once
        if (Interlocked.Exchange(ref _isStopped, 1) == 1)
            return;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_lastWrite);
        while (await TryWriteAsync(limit.Token))
        {
            // one batch after the other
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.PredictionInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            while (await TryWriteAsync(stoppingToken))
            {
                // until nothing waits, or the warehouse does not take it
            }

            if (queue.TakeLost() is > 0 and var lost)
                Log.PredictionsLost(logger, lost);
        }
    }

    /// <returns>Whether something was written.</returns>
    private async Task<bool> TryWriteAsync(CancellationToken cancellationToken)
    {
        queue.Take(_batch);
        if (_batch.Count == 0)
            return false;

        try
        {
            // once a second, and no part of any request
            using (SuppressInstrumentationScope.Begin())
                await table.AddAsync(_batch, cancellationToken);
            _batch.Clear();
            if (_isFailing)
                Log.PredictionsWritten(logger);
            _isFailing = false;
            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception exception)
        {
            // requests are answered whatever happens here; and the table comes with the first training of this version
            var failure = WarehouseException.Of(exception);
            if (failure?.Fault is not WarehouseFault.NotBuilt && !_isFailing)
            {
                Log.PredictionsFailed(logger, (failure?.Message ?? exception.Message).ReplaceLineEndings(" "));
                _isFailing = true;
            }

            return false;
        }
    }
}
