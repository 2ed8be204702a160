using Models.Jinja.Rendering;
using Models.Project.Graph;

namespace Models.Parsing.Nodes;

/// <summary>
/// Merges what several places say of a source's freshness: a threshold that a narrower place does not name, or leaves empty, stays; one
/// that it sets to null is off, and so is the whole where that is null. Source: docs.getdbt.com/reference/resource-properties/freshness.
/// </summary>
internal sealed class SourceFreshness
{
    private static readonly string[] s_thresholds = ["warn_after", "error_after"];

    private Dictionary<string, object?>? _merged = new(StringComparer.Ordinal);

    /// <summary>Null where nothing is asked for.</summary>
    public IReadOnlyDictionary<string, object?>? Result => _merged is { Count: > 0 } ? _merged : null;

    public void Add(object? level)
    {
        if (level is null)
        {
            _merged = null;
            return;
        }

        _merged ??= new(StringComparer.Ordinal);
        foreach (var (key, value) in MappingValue.Entries(level))
        {
            if (!s_thresholds.Contains(key))
                _merged[key] = value ?? _merged.GetValueOrDefault(key);
            else if (value is null)
                _merged[key] = null;
            else if (value is JinjaDict { Count: > 0 } threshold)
                _merged[key] = Over(_merged.GetValueOrDefault(key) as JinjaDict, threshold);
        }
    }

    /// <summary>As manifests have it: thresholds that are not set are there, empty.</summary>
    public static JinjaDict InFull(IReadOnlyDictionary<string, object?> freshness)
    {
        var full = new JinjaDict();
        foreach (var key in s_thresholds)
        {
            full[key] = freshness.TryGetValue(key, out var threshold)
                ? threshold
                : new JinjaDict { ["count"] = null, ["period"] = null };
        }

        full["filter"] = freshness.GetValueOrDefault("filter");
        return full;
    }

    private static JinjaDict Over(JinjaDict? wider, JinjaDict narrower)
    {
        var merged = wider?.Copy() ?? new JinjaDict();
        foreach (var (key, value) in narrower)
        {
            if (value is not null)
                merged[key] = value;
        }

        return merged;
    }
}
