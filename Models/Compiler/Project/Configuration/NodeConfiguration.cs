using Models.Compiler.Graph;

namespace Models.Compiler.Project.Configuration;

/// <summary>
/// Merges a node's settings in dbt's order: its own package's dbt_project.yml from the widest level to the narrowest, its properties
/// file, its <c>config()</c>; for a node of an installed package the root project's dbt_project.yml comes last and wins.
/// </summary>
internal sealed class NodeConfiguration(ProjectFile root)
{
    public NodeConfig Merge(ProjectFile package, ResourceType type, IReadOnlyList<string> fqn, IEnumerable<ConfigSetting> properties, IEnumerable<KeyValuePair<string, object?>> inFile)
    {
        var config = new NodeConfig(ConfigDefaults.For(type));
        ApplyTree(config, package.ConfigFor(type), fqn);
        foreach (var setting in properties)
        {
            // a test's setting that is null says nothing, so that the project's holds
            if (type != ResourceType.Test || setting.Value is not null)
                ConfigMerge.Apply(config, setting.Key, setting.Value);
        }

        foreach (var (key, value) in inFile)
            ConfigMerge.Apply(config, key, value);
        if (!ReferenceEquals(package, root))
            ApplyTree(config, root.ConfigFor(type), fqn);
        if (type == ResourceType.Test)
            SettleStoring(config);

        return config;
    }

    /// <summary>Whether failures are stored and as what are two words for one thing, of which the second decides.</summary>
    private static void SettleStoring(NodeConfig config)
    {
        config.TryGet("store_failures", out var stores);
        if (config.GetString("store_failures_as") is { } form)
            config.Set("store_failures", form is "table" or "view");
        else if (stores is bool decided)
            config.Set("store_failures_as", decided ? "table" : "ephemeral");
    }

    private static void ApplyTree(NodeConfig config, ConfigTree tree, IReadOnlyList<string> fqn)
    {
        foreach (var level in tree.LevelsFor(fqn))
        {
            foreach (var setting in level.Settings)
                ConfigMerge.Apply(config, setting.Key, setting.Value);
        }
    }
}
