using System.Diagnostics;

namespace Serving.Training.Telemetry;

internal static class TrainingTelemetry
{
    public static readonly ActivitySource Source = new("Leadline.Training");
}
