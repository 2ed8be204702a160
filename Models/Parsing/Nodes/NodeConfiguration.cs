using Models.Jinja.Rendering;
using Models.Project.Configuration;
using Models.Project.Files;
using Models.Project.Graph;

namespace Models.Parsing.Nodes;

/// <summary>
/// Merges a node's settings in dbt's order: its own package's dbt_project.yml from the widest level to the narrowest, its properties
/// file, its <c>config()</c>; for a node of an installed package the root project's dbt_project.yml comes last and wins.
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
            // a test's setting that is null leaves the project's in place
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
    /// The settings as they are written, in the same order, each as the narrowest place has it: what two states of a project are compared by,
    /// and the manifest's <c>unrendered_config</c>. Settings of <c>config()</c> are there as they came out.
    /// </summary>
    public Dictionary<string, object?> Unrendered(ProjectFile package, ResourceType type, IReadOnlyList<string> fqn, IEnumerable<ConfigSetting> properties,
        IEnumerable<KeyValuePair<string, object?>> inFile)
    {
        var unrendered = new Dictionary<string, object?>(StringComparer.Ordinal);
        var tree = package.ConfigFor(type).LevelsFor(fqn).SelectMany(level => level.Settings);
        var overriding = ReferenceEquals(package, root) ? [] : root.ConfigFor(type).LevelsFor(fqn).SelectMany(level => level.Settings);
        foreach (var setting in tree.Concat(properties))
            unrendered[setting.Key] = setting.Unrendered;
        foreach (var (key, value) in inFile)
            unrendered[key] = value;
        foreach (var setting in overriding)
            unrendered[setting.Key] = setting.Unrendered;

        return unrendered;
    }

    /// <summary><c>store_failures</c> and <c>store_failures_as</c> say the same; where both are set the second decides.</summary>
    private static void AlignStoreFailures(Dictionary<string, object?> set)
    {
        if (set.GetValueOrDefault("store_failures_as") is { } form)
            set["store_failures"] = PythonText.Str(form) is "table" or "view";
        else if (set.GetValueOrDefault("store_failures") is bool stores)
            set["store_failures_as"] = stores ? "table" : "ephemeral";
    }
}
