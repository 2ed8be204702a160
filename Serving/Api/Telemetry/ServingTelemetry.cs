using System.Diagnostics;

namespace Serving.Api.Telemetry;

internal static class ServingTelemetry
{
    public static readonly ActivitySource Source = new("Leadline.Serving");
}
