using Serving.Features;
using Serving.Scoring.Features;

namespace Serving.Api.Served;

/// <summary>How old what a row says is.</summary>
internal static class Freshness
{
    /// <summary>Whether the row is older than declared, or its time is not known; null where no limit is declared.</summary>
    public static bool? IsStale(PredictionDeclaration declaration, FeatureRow row, DateTimeOffset now) =>
        declaration.TimeToLiveHours is { } hours ? row.AsOf is not { } time || time.AddHours(hours) < now.UtcDateTime : null;
}
