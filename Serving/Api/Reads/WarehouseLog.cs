using System.Collections.Concurrent;
using Serving.Api.Telemetry;

namespace Serving.Api.Reads;

/// <summary>
/// Logs how reads go when that changes, not at every request: an outage is two lines, its beginning and its end, and a fault that
/// lasts is one.
/// </summary>
internal sealed class WarehouseLog(ILogger<WarehouseLog> logger)
{
    private readonly ConcurrentDictionary<string, bool> _mismatches = new(StringComparer.Ordinal);
    private int _failedReads;

    public void Succeeded()
    {
        if (Volatile.Read(ref _failedReads) > 0 && Interlocked.Exchange(ref _failedReads, 0) is > 0 and var failed)
            Log.WarehouseAnswers(logger, failed);
    }

    public void Failed(WarehouseException failure)
    {
        switch (failure.Fault)
        {
            case WarehouseFault.Unavailable when Interlocked.Increment(ref _failedReads) == 1:
                Log.WarehouseFailed(logger, failure.Message);
                break;
            case WarehouseFault.Mismatch when _mismatches.TryAdd(failure.Message, value: true):
                Log.WarehouseMismatch(logger, failure.Message);
                break;
        }
    }
}
