using Models.Diagnostics;
using Models.Project.Graph;
using Models.Project.Yaml;

namespace Models.Project.Configuration;

/// <summary>
/// One level of the <c>models:</c> tree (or seeds, snapshots, ...) of dbt_project.yml: its settings, and nested levels by folder name. A key with +
/// is a setting; without +, a mapping is a level and any other value is a setting.
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

    /// <summary>The path in messages, for example <c>models.leads.staging</c>.</summary>
    public string Path { get; }

    public SourceSpan Span { get; }

    public IReadOnlyList<ConfigSetting> Settings => _settings;

    /// <summary>True if the level's settings apply to at least one node.</summary>
    public bool IsUsed { get; private set; }

    /// <param name="mapping">The mapping of the level.</param>
    /// <param name="path">Its path, for messages.</param>
    /// <param name="toValue">Converts a YAML value to a template value, rendering the templates in it.</param>
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

    /// <summary>The levels with settings that apply to no node, for example because a folder was renamed or a + was forgotten.</summary>
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
