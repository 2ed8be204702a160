using System.Globalization;

namespace Ingestion.Worker.Webhooks;

/// <summary>A batch that was loaded.</summary>
internal sealed record UpstreamChange(string Table, string Source, long Rows, long Deleted, long Quarantined, DateTimeOffset At)
{
    public override string ToString()
    {
        var deleted = Deleted > 0 ? $", {Deleted} deleted" : "";
        var quarantined = Quarantined > 0 ? $", {Quarantined} quarantined" : "";
        return string.Create(CultureInfo.InvariantCulture, $"raw.{Table}: {Rows} rows{deleted}{quarantined} from {Source} at {At:u}");
    }
}
