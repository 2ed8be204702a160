using System.Diagnostics;

namespace Serving.Training;

internal static class TrainingTelemetry
{
    public static readonly ActivitySource Source = new("Leadline.Training");
}
