using Models.Diagnostics;
using Models.Project.Graph;
using Models.Project.Yaml;

namespace Models.Project.Configuration;

/// <summary>
/// One level of the <c>models:</c> tree (or seeds, snapshots, ...) of dbt_project.yml: settings, and levels below by folder name.
/// A key with + is a setting; without, a mapping is a level and anything else a setting.
/// </summary>
internal sealed class ConfigTree
{
    private readonly List<ConfigSetting> _settings = [];
    private readonly Dictionary<string, ConfigTree> _children = new(StringComparer.Ordinal);

    private ConfigTree(string path, SourceSpan span)
    {
        Path = path;
        Span = span;
    }

    public static ConfigTree Empty { get; } = new("", default);

    /// <summary>For messages: <c>models.leads.staging</c>.</summary>
    public string Path { get; }

    public SourceSpan Span { get; }

    public IReadOnlyList<ConfigSetting> Settings => _settings;

    /// <summary>True once a node took the level's settings.</summary>
    public bool IsUsed { get; private set; }

    /// <param name="mapping">The level as written.</param>
    /// <param name="path">Its path, for messages.</param>
    /// <param name="toValue">Gives a yaml value's template value, templates in it rendered.</param>
    public static ConfigTree Read(YamlMapping mapping, string path, SourceSpan span, Func<YamlValue, object?> toValue)
    {
        var tree = new ConfigTree(path, span);
        foreach (var entry in mapping.Entries)
        {
            if (entry.Key.StartsWith('+'))
                tree._settings.Add(Setting(entry.Key[1..].Trim(), entry, toValue));
            else if (entry.Value is YamlMapping child)
                tree._children[entry.Key] = Read(child, $"{path}.{entry.Key}", entry.KeySpan, toValue);
            else if (entry.Value is not YamlScalar { IsNull: true })
                tree._settings.Add(Setting(entry.Key, entry, toValue));
        }

        return tree;
    }

    private static ConfigSetting Setting(string key, YamlEntry entry, Func<YamlValue, object?> toValue) =>
        new(key, ConfigMerge.IsOfTheRun(key)
            ? entry.Value.ToTemplateValue()
            : toValue(entry.Value), entry.KeySpan) { Unrendered = entry.Value.ToTemplateValue() };

    /// <summary>The levels that apply to a node, from the widest to the narrowest.</summary>
    public IEnumerable<ConfigTree> LevelsFor(IReadOnlyList<string> fqn)
    {
        var level = this;
        level.IsUsed = true;
        yield return level;
        foreach (var part in fqn)
        {
            if (!level._children.TryGetValue(part, out var child))
                yield break;

            level = child;
            level.IsUsed = true;
            yield return level;
        }
    }

    /// <summary>Levels with settings that no node took: a folder was renamed, or a + forgotten.</summary>
    public IEnumerable<ConfigTree> Unused()
    {
        if (!IsUsed && _settings.Count > 0)
            yield return this;
        foreach (var child in _children.Values)
        {
            foreach (var unused in child.Unused())
                yield return unused;
        }
    }
}
