using Serving.Scoring.Features;
using Serving.Training.Extraction;

namespace Serving.Training.Preparation;

/// <summary>The observations of a training, cut into sides and periods.</summary>
public sealed class PreparedData
{
    // fewer examples than these say little of a later period
    private const int SmallestLater = 200;

    private readonly PredictionDeclaration _declaration;
    private readonly Dictionary<Side, Observation[]> _sides;
    private readonly Dictionary<Side, Example[]> _ripe;

    /// <param name="laterShare">The share of the ripe examples, the newest, that are the later period.</param>
    public PreparedData(PredictionDeclaration declaration, IReadOnlyList<Observation> observations, double laterShare)
    {
        _declaration = declaration;
        Ripeness = new Ripeness(declaration, observations);
        _sides = Enum.GetValues<Side>().ToDictionary(side => side, side => observations.Where(one => Sides.Of(one.Key) == side).ToArray());
        _ripe = _sides.ToDictionary(side => side.Key, side => side.Value.Where(Ripeness.IsRipe).Select(Ripeness.Example).ToArray());
        LaterFrom = Cut(laterShare);
    }

    public Ripeness Ripeness { get; }

    /// <summary>Where the later period begins; null where the prediction has no time, or there are too few examples for one.</summary>
    public DateTime? LaterFrom { get; }

    public IReadOnlyList<Observation> Of(Side side) => _sides[side];

    /// <summary>The examples with a ripe label.</summary>
    public IReadOnlyList<Example> RipeOf(Side side) => _ripe[side];

    /// <summary>For each feature declared as a slice, its values and the places of the examples that have them.</summary>
    public IEnumerable<(string Feature, IEnumerable<(string Value, int[] Places)> Values)> SlicesOf(IReadOnlyList<Example> examples)
    {
        foreach (var feature in _declaration.Features.Where(feature => feature is { Role: FeatureRole.Slice, Kind: not FeatureKind.Number }))
        {
            var place = _declaration.FeatureSchema.Categories.ToList().IndexOf(feature.Name);
            yield return (feature.Name, Enumerable.Range(0, examples.Count)
                .GroupBy(i => examples[i].Features.Categories[place] ?? "missing", StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => (group.Key, group.ToArray())));
        }
    }

    private DateTime? Cut(double share)
    {
        var times = _ripe.Values.SelectMany(side => side).Select(example => example.Features.Decided).OfType<DateTime>().Order().ToArray();
        var later = (int)(times.Length * share);
        if (later < SmallestLater)
            return null;

        // a whole day, so that a day is not in both
        var cut = times[times.Length - later].Date;
        return times[0] < cut && _ripe[Side.Training].Where(example => example.Features.Decided < cut).CountBy(example => example.Label).Count() == 2
            ? cut
            : null;
    }
}
