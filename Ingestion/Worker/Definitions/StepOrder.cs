namespace Ingestion.Worker.Definitions;

/// <summary>How the steps of a pipeline depend on each other.</summary>
internal static class StepOrder
{
    /// <summary>A circle that the steps stand in, its first step at both ends; null where there is none.</summary>
    public static IReadOnlyList<string>? FindCircle(IReadOnlyList<PipelineStep> steps)
    {
        var byName = steps.ToDictionary(s => s.Name, StringComparer.Ordinal);
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var step in steps)
        {
            if (Walk(step, byName, [], done) is { } circle)
                return circle;
        }

        return null;
    }

    private static List<string>? Walk(PipelineStep step, Dictionary<string, PipelineStep> byName, List<string> path, HashSet<string> done)
    {
        var at = path.IndexOf(step.Name);
        if (at >= 0)
            return [.. path[at..], step.Name];
        if (done.Contains(step.Name))
            return null;

        List<string> longer = [.. path, step.Name];
        foreach (var name in step.After)
        {
            if (Walk(byName[name], byName, longer, done) is { } circle)
                return circle;
        }

        done.Add(step.Name);
        return null;
    }
}
