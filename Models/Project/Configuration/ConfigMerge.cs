using Models.Jinja.Rendering;

namespace Models.Project.Configuration;

/// <summary>
/// Merges a narrower setting into a wider one. Most settings replace the wider value; tags and hooks are appended, and mappings such as meta are
/// merged by key. Source: docs.getdbt.com/reference/configs-and-properties.
/// </summary>
internal static class ConfigMerge
{
    public const string PreHook = "pre-hook";
    public const string PostHook = "post-hook";

    /// <summary>True for settings whose templates are rendered during the run, not while the file is parsed.</summary>
    public static bool IsOfTheRun(string key) => key is PreHook or PostHook or "pre_hook" or "post_hook" or "sql_header" or "loaded_at_query";

    /// <summary>Merges one setting into the existing ones.</summary>
    /// <param name="set">The settings so far.</param>
    /// <param name="defaults">The default values.</param>
    /// <param name="key">The name of the setting.</param>
    /// <param name="value">Its value at the narrower level.</param>
    public static void Apply(Dictionary<string, object?> set, IReadOnlyDictionary<string, object?> defaults, string key, object? value)
    {
        key = key switch { "pre_hook" => PreHook, "post_hook" => PostHook, _ => key };
        var wider = set.TryGetValue(key, out var before) ? before : defaults.GetValueOrDefault(key);
        set[key] = key switch
        {
            "tags" => Unique(Append(wider, value)),
            "packages" or "classifiers" => Append(wider, value),
            PreHook or PostHook => Append(wider, Hooks(value)),
            "meta" or "column_types" or "persist_docs" or "quoting" or "docs" => Overlay(wider, value),
            "grants" => Grants(wider, value),
            _ => value,
        };
    }

    /// <summary>
    /// Converts hooks to mappings of <c>sql</c> and <c>transaction</c>; a string may itself contain such a mapping as JSON (as from before_begin).
    /// </summary>
    public static JinjaList Hooks(object? value)
    {
        var hooks = new JinjaList();
        foreach (var item in AsList(value))
        {
            if (item is JinjaDict dict)
            {
                var hook = dict.Copy();
                if (!hook.ContainsKey("transaction"))
                    hook["transaction"] = true;
                hooks.Add(hook);
            }
            else if (item is not null && PythonText.Str(item) is var text && !string.IsNullOrWhiteSpace(text))
            {
                hooks.Add(JsonHook(text) ?? new JinjaDict { ["sql"] = text, ["transaction"] = true });
            }
        }

        return hooks;
    }

    public static JinjaList Append(object? wider, object? narrower)
    {
        var all = AsList(wider);
        foreach (var item in AsList(narrower))
            all.Add(item);

        return all;
    }

    public static JinjaList AsList(object? value) => value switch
    {
        null => [],
        string text => new JinjaList([text]),
        JinjaDict dict => new JinjaList([dict]),
        IEnumerable<object?> items => new JinjaList(items),
        _ => new JinjaList([value]),
    };

    private static JinjaDict? JsonHook(string text)
    {
        if (text.TrimStart() is not ['{', ..] || !Json.TryParse(text, out var parsed))
            return null;

        return parsed is JinjaDict dict && dict.ContainsKey("sql") ? dict : null;
    }

    private static JinjaList Unique(JinjaList items)
    {
        var unique = new JinjaList();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            var text = PythonText.Str(item);
            if (seen.Add(text))
                unique.Add(text);
        }

        return unique;
    }

    private static object? Overlay(object? wider, object? narrower)
    {
        if (narrower is not JinjaDict over)
            return narrower ?? wider;

        var merged = wider is JinjaDict under ? under.Copy() : new JinjaDict();
        foreach (var (key, value) in over)
            merged[key] = value;

        return merged;
    }

    /// <summary>A privilege with + adds grantees to those of the wider level; without it, the grantees replace them.</summary>
    private static object? Grants(object? wider, object? narrower)
    {
        if (narrower is not JinjaDict over)
            return narrower ?? wider;

        var merged = wider is JinjaDict under ? under.Copy() : new JinjaDict();
        foreach (var (key, value) in over)
        {
            var name = PythonText.Str(key);
            if (name.StartsWith('+'))
                merged[name[1..]] = Append(merged.TryGetValue(name[1..], out var before) ? before : null, value);
            else
                merged[name] = AsList(value);
        }

        return merged;
    }
}
