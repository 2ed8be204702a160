using System.Collections;
using Models.Project.Graph;

namespace Models.Engine.Selection;

/// <summary>The <c>config</c> method: matches a configuration value, including nested values and list entries.</summary>
internal static class ConfigMatch
{
    public static bool Matches(NodeConfig config, string path, string value)
    {
        var keys = path.Split('.');
        if (!config.TryGet(keys[0], out var found) && !Defaults.TryGetValue(keys[0], out found))
            return false;

        foreach (var key in keys.Skip(1))
        {
            if (!TryGetKey(found, key, out found))
                return false;
        }

        // a severity may be written in either case
        return IsValue(found, value)
            || (keys[^1] == "severity" && found is string severity && string.Equals(severity, value, StringComparison.OrdinalIgnoreCase));
    }

    // dbt's defaults for settings that are not configured
    private static readonly Dictionary<string, object?> Defaults = new(StringComparer.Ordinal)
    {
        ["materialized"] = "view",
        ["enabled"] = true,
    };

    private static bool TryGetKey(object? container, string key, out object? value)
    {
        switch (container)
        {
            case IReadOnlyDictionary<string, object?> map:
                return map.TryGetValue(key, out value);
            case IDictionary map when map.Contains(key):
                value = map[key];
                return true;
            case IEnumerable<KeyValuePair<object, object?>> pairs:
                foreach (var (candidate, found) in pairs)
                {
                    if (candidate is string text && text == key)
                    {
                        value = found;
                        return true;
                    }
                }

                goto default;
            default:
                value = null;
                return false;
        }
    }

    private static bool IsValue(object? found, string value) => found switch
    {
        null => value is "none" or "None" or "null",
        bool flag => string.Equals(flag ? "true" : "false", value, StringComparison.OrdinalIgnoreCase),
        string text => NamePattern.Matches(text, value),
        IEnumerable<KeyValuePair<string, object?>> map => map.Any(p => p.Key == value),
        IEnumerable list => list.Cast<object?>().Any(item => IsValue(item, value)),
        _ => Convert.ToString(found) == value,
    };
}
