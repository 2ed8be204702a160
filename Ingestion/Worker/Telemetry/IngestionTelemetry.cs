using System.Diagnostics;
using System.Diagnostics.Metrics;
using Ingestion.Loading.Batches;

namespace Ingestion.Worker.Telemetry;

/// <summary>Spans and metrics of ingestion.</summary>
internal static class IngestionTelemetry
{
    public static readonly ActivitySource Source = new("Leadline.Ingestion");

    private static readonly Meter Meter = new("Leadline.Ingestion");
    private static readonly Counter<long> Rows = Meter.CreateCounter<long>("leadline.ingestion.rows", "{row}", "Rows written to raw tables");
    private static readonly Counter<long> Quarantined = Meter.CreateCounter<long>(
        "leadline.ingestion.quarantined", "{record}", "Records put into the quarantine");
    private static readonly Histogram<double> LoadDuration = Meter.CreateHistogram<double>(
        "leadline.ingestion.load.duration", "s", "How long the load of one source took");
    private static readonly Histogram<double> RunDuration = Meter.CreateHistogram<double>(
        "leadline.pipeline.run.duration", "s", "How long a pipeline's run took");

    public static void Loaded(LoadResult result)
    {
        var table = new KeyValuePair<string, object?>("leadline.table", result.Contract);
        LoadDuration.Record(result.Elapsed.TotalSeconds, table);
        if (result.AlreadyLoaded)
            return;

        Rows.Add(result.Rows, table);
        Quarantined.Add(result.Quarantined, table);
    }

    public static void RunEnded(string pipeline, string status, TimeSpan elapsed) =>
        RunDuration.Record(elapsed.TotalSeconds, new("leadline.pipeline", pipeline), new("leadline.status", status));
}
