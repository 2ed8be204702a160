using Models.Diagnostics;
using Models.Project.Configuration;
using Models.Project.Graph;
using Models.Project.Yaml;

namespace Models.Parsing.Properties;

/// <summary>The properties of one node in a properties file.</summary>
/// <param name="File">The file.</param>
/// <param name="Name">The node's name.</param>
/// <param name="Yaml">The YAML mapping of the entry.</param>
internal sealed record NodeProperties(PropertiesFile File, string Name, YamlMapping Yaml)
{
    private static readonly string[] s_settingsBeside = ["docs", "access", "group", "tags", "meta"];

    /// <summary>True once the node of these properties was found.</summary>
    public bool IsUsed { get; set; }

    public SourceSpan NameSpan => Yaml["name"]?.Span ?? Yaml.Span;

    /// <summary>The entry's settings: those under <c>config</c>, and the few that may also be written beside it.</summary>
    public IEnumerable<ConfigSetting> Settings()
    {
        foreach (var key in s_settingsBeside)
        {
            if (Yaml[key] is { } value)
                yield return new ConfigSetting(key, File.Value(value), value.Span) { Unrendered = value.ToTemplateValue() };
        }

        if (Yaml["config"] is YamlMapping config)
        {
            foreach (var entry in config.Entries)
                yield return new ConfigSetting(entry.Key, ConfigValue(entry), entry.KeySpan) { Unrendered = entry.Value.ToTemplateValue() };
        }
    }

    /// <summary>The version entries of a versioned model.</summary>
    public IReadOnlyList<ModelVersion> Versions()
    {
        if (Yaml["versions"] is not YamlSequence versions)
            return [];

        var found = new List<ModelVersion>();
        foreach (var item in versions.Items.OfType<YamlMapping>())
        {
            if (File.Text(item["v"]) is { } version)
                found.Add(new ModelVersion(version, File.Text(item["defined_in"]), item));
        }

        return found;
    }

    /// <summary>The version that a ref without a version refers to: the configured latest version, otherwise the highest.</summary>
    public string? LatestVersion()
    {
        if (File.Text(Yaml["latest_version"]) is { } named)
            return named;

        var versions = Versions();
        return versions.Count == 0 ? null : versions.MaxBy(v => v.SortKey)!.Version;
    }

    /// <summary>Hooks stay unrendered, because they are rendered during the run.</summary>
    private object? ConfigValue(YamlEntry entry) => ConfigMerge.IsOfTheRun(entry.Key)
        ? entry.Value.ToTemplateValue()
        : File.Value(entry.Value);
}

/// <summary>One entry under <c>versions</c>.</summary>
internal sealed record ModelVersion(string Version, string? DefinedIn, YamlMapping Yaml)
{
    public (double Number, string Text) SortKey => (double.TryParse(Version, out var number) ? number : double.MaxValue, Version);
}
