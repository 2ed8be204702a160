using Models.Jinja.Rendering;
using Models.Project.Graph;

namespace Models.Parsing.Nodes;

/// <summary>
/// Merges the freshness settings of a source from several levels. A threshold that a narrower level omits or leaves empty is kept; a null threshold
/// is disabled, and a null <c>freshness</c> disables all. Source: docs.getdbt.com/reference/resource-properties/freshness.
/// </summary>
internal sealed class SourceFreshness
{
    private static readonly string[] s_thresholds = ["warn_after", "error_after"];

    private Dictionary<string, object?>? _merged = new(StringComparer.Ordinal);

    /// <summary>The merged settings; null if there are none.</summary>
    public IReadOnlyDictionary<string, object?>? Result => _merged is { Count: > 0 } ? _merged : null;

    /// <summary>The setting as the configuration shows it: null if a level disables freshness, otherwise all thresholds, set or not.</summary>
    public JinjaDict? Configured => _merged is null ? null : InFull(_merged);

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

    /// <summary>The form in manifests, where thresholds that are not set are present and empty.</summary>
    private static JinjaDict InFull(IReadOnlyDictionary<string, object?> freshness)
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
