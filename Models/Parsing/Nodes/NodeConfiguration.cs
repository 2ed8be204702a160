using Models.Jinja.Rendering;
using Models.Project.Configuration;
using Models.Project.Files;
using Models.Project.Graph;

namespace Models.Parsing.Nodes;

/// <summary>
/// Merges a node's settings in dbt's order: its package's dbt_project.yml from the widest to the narrowest level, its properties file, its
/// <c>config()</c>; for a node of an installed package, the root project's dbt_project.yml comes last and takes precedence.
/// </summary>
internal sealed class NodeConfiguration(ProjectFile root)
{
    public NodeConfig Merge(
        ProjectFile package,
        ResourceType type,
        IReadOnlyList<string> fqn,
        IEnumerable<ConfigSetting> properties,
        IEnumerable<KeyValuePair<string, object?>> inFile)
    {
        var defaults = ConfigDefaults.For(type);
        var set = new Dictionary<string, object?>(StringComparer.Ordinal);
        ApplyTree(package);
        foreach (var setting in properties)
        {
            // a null setting of a test does not override the project's setting
            if (type != ResourceType.Test || setting.Value is not null)
                ConfigMerge.Apply(set, defaults, setting.Key, setting.Value);
        }

        foreach (var (key, value) in inFile)
            ConfigMerge.Apply(set, defaults, key, value);
        if (!ReferenceEquals(package, root))
            ApplyTree(root);
        if (type == ResourceType.Test)
            AlignStoreFailures(set);

        return new NodeConfig(defaults, set);

        void ApplyTree(ProjectFile file)
        {
            foreach (var level in file.ConfigFor(type).LevelsFor(fqn))
            {
                foreach (var setting in level.Settings)
                    ConfigMerge.Apply(set, defaults, setting.Key, setting.Value);
            }
        }
    }

    /// <summary>
    /// The settings before rendering, merged in the same order, for state comparison and the manifest's <c>unrendered_config</c>. Settings of
    /// <c>config()</c> are rendered.
    /// </summary>
    public Dictionary<string, object?> Unrendered(ProjectFile package, ResourceType type, IReadOnlyList<string> fqn, IEnumerable<ConfigSetting> properties,
        IEnumerable<KeyValuePair<string, object?>> inFile)
    {
        var unrendered = new Dictionary<string, object?>(StringComparer.Ordinal);
        var tree = package.ConfigFor(type).LevelsFor(fqn).SelectMany(level => level.Settings);
        var overriding = ReferenceEquals(package, root) ? [] : root.ConfigFor(type).LevelsFor(fqn).SelectMany(level => level.Settings);
        foreach (var setting in tree.Concat(properties))
            unrendered[setting.Key] = setting.Unrendered;

        // several calls of config() add to each other's tags
        var calls = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (key, value) in inFile)
        {
            if (key == "tags")
                ConfigMerge.Apply(calls, new Dictionary<string, object?>(), key, value);
            unrendered[key] = calls.GetValueOrDefault(key, value);
        }

        foreach (var setting in overriding)
            unrendered[setting.Key] = setting.Unrendered;

        return unrendered;
    }

    /// <c>store_failures</c> and <c>store_failures_as</c> express the same; if both are set, the second takes precedence.
    private static void AlignStoreFailures(Dictionary<string, object?> set)
    {
        if (set.GetValueOrDefault("store_failures_as") is { } form)
            set["store_failures"] = PythonText.Str(form) is "table" or "view";
        else if (set.GetValueOrDefault("store_failures") is bool stores)
            set["store_failures_as"] = stores ? "table" : "ephemeral";
    }
}
