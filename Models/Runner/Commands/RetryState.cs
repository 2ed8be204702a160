using System.Globalization;
using System.Text.Json;
using Models.Database;
using Models.Engine.State;
using Models.Project.Graph;

namespace Models.Runner.Commands;

/// <summary>The data in run_results.json needed to retry a run.</summary>
/// <param name="Arguments">The flags of the run.</param>
/// <param name="Ids">The nodes that failed or were skipped.</param>
/// <param name="Batches">The failed batches of models of which other batches were built.</param>
internal sealed record RetryState(
    IReadOnlyDictionary<string, object?> Arguments, IReadOnlySet<string> Ids, IReadOnlyDictionary<string, IReadOnlyList<TimeRange>> Batches)
{
    private static readonly HashSet<string> Undone = new(StringComparer.Ordinal) { "error", "fail", "skipped", "runtime error", "partial success" };

    /// <exception cref="RunException">The file does not exist.</exception>
    public static RetryState Read(string path)
    {
        if (!File.Exists(path))
            throw new RunException($"There is no run to retry: '{path}' does not exist.");

        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        var arguments = document.RootElement.TryGetProperty("args", out var args) ? ArtifactValues.Map(args) : new Dictionary<string, object?>();
        var undone = document.RootElement.GetProperty("results")
            .EnumerateArray().Where(r => Undone.Contains(PreviousArtifacts.Text(r, "status") ?? "")).ToList();
        var batches = new Dictionary<string, IReadOnlyList<TimeRange>>(StringComparer.Ordinal);
        foreach (var result in undone)
        {
            // if no batch was built, the whole model is built again
            if (Windows(result, "successful").Count > 0 && Windows(result, "failed") is { Count: > 0 } failed)
                batches[PreviousArtifacts.Text(result, "unique_id")!] = failed;
        }

        return new RetryState(arguments, undone.Select(r => PreviousArtifacts.Text(r, "unique_id")!).ToHashSet(StringComparer.Ordinal), batches);
    }

    private static List<TimeRange> Windows(JsonElement result, string name) =>
        result.TryGetProperty("batch_results", out var batches) && batches.ValueKind == JsonValueKind.Object && batches.TryGetProperty(name, out var windows)
            ? [.. windows.EnumerateArray().Select(w => new TimeRange(Time(w[0]), Time(w[1])))]
            : [];

    private static DateTime Time(JsonElement text) =>
        DateTime.Parse(text.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
