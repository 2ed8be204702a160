using Serving.Features;
using Serving.Scoring.Features;
using Serving.Training.Failures;

namespace Serving.Training.Extraction;

/// <summary>Reads the rows of a prediction's model, in the order of their keys: the order a table gives is not the same twice.</summary>
public static class ObservationExtraction
{
    /// <summary>Rows without a label are left out: nobody knows yet what became of them.</summary>
    /// <exception cref="TrainingException">The table cannot be read.</exception>
    public static async Task<IReadOnlyList<Observation>> ReadAsync(FeatureTable table, CancellationToken cancellationToken)
    {
        var levels = new HashSet<string>(StringComparer.Ordinal);
        var rows = await FeatureFaults.ExplainAsync(table, async () => await table.ReadAsync(cancellationToken)
            .Where(row => row.Label is not null)
            .Select(row => (
                Entity: row.Entity.ToString(),
                Observation: new Observation(row.Entity.Number, Shared(row.Features, levels), row.Label!.Value, row.Outcome)))
            .ToListAsync(cancellationToken));
        rows.Sort((one, other) => one.Observation.Key != other.Observation.Key
            ? one.Observation.Key.CompareTo(other.Observation.Key)
            : string.CompareOrdinal(one.Entity, other.Entity));
        return [.. rows.Select(row => row.Observation)];
    }

    /// <summary>Makes equal texts one object: there are few levels and many rows, all of which are kept in memory.</summary>
    private static FeatureVector Shared(FeatureVector features, HashSet<string> levels)
    {
        var categories = features.Categories;
        for (var i = 0; i < categories.Length; i++)
        {
            if (categories[i] is { } level && !levels.Add(level) && levels.TryGetValue(level, out var known))
                categories[i] = known;
        }

        return features;
    }
}
