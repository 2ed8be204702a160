using Models.Parsing.Properties;
using Models.Project.Graph;
using Models.Project.Yaml;

namespace Models.Parsing.Nodes;

/// <summary>
/// The properties of one table of a source. Another package may override a source (<c>overrides:</c>): its properties of the source and of the table
/// with the same name replace those in the source's own package. Source: docs.getdbt.com/reference/resource-properties/overrides.
/// </summary>
internal sealed class SourceTable
{
    private readonly NodeProperties _source;
    private readonly YamlMapping _table;
    private readonly NodeProperties? _over;
    private readonly YamlMapping? _overTable;

    public SourceTable(NodeProperties source, YamlMapping table, NodeProperties? over, string name)
    {
        _source = source;
        _table = table;
        _over = over;
        _overTable = (over?.Yaml["tables"] as YamlSequence)?.Items.OfType<YamlMapping>().FirstOrDefault(t => over!.File.Text(t["name"]) == name);
    }

    public YamlValue? OfSource(string key) => _over?.Yaml[key] ?? _source.Yaml[key];

    public YamlValue? OfTable(string key) => _overTable?[key] ?? _table[key];

    /// <summary>A setting that may be written directly or under <c>config</c>.</summary>
    public YamlValue? TableSetting(string key) => In(_overTable, key) ?? In(_table, key);

    public YamlValue? SourceSetting(string key) => In(_over?.Yaml, key) ?? In(_source.Yaml, key);

    /// <summary>The freshness settings of the table, merged from the widest to the narrowest level.</summary>
    /// <param name="ofProject">The settings in dbt_project.yml, widest level first.</param>
    public SourceFreshness Freshness(IEnumerable<object?> ofProject)
    {
        var freshness = new SourceFreshness();
        foreach (var level in ofProject)
            freshness.Add(level);
        foreach (var mapping in (YamlMapping?[])[_source.Yaml, _over?.Yaml, _table, _overTable])
        {
            foreach (var place in (YamlMapping?[])[mapping, mapping?["config"] as YamlMapping])
            {
                if (place?["freshness"] is { } written)
                    freshness.Add(_source.File.Value(written));
            }
        }

        return freshness;
    }

    /// <summary>The source's settings, then its table's; each overridden by those of another package.</summary>
    public IEnumerable<ConfigSetting> Settings() =>
    [
        .. Of(_source),
        .. _over is null ? [] : Of(_over),
        .. Of(new NodeProperties(_source.File, _source.Name, _table)),
        .. _overTable is null ? [] : Of(new NodeProperties(_over!.File, _source.Name, _overTable)),
    ];

    private static IEnumerable<ConfigSetting> Of(NodeProperties properties) => properties.Settings().Where(s => s.Key != "docs");

    private static YamlValue? In(YamlMapping? mapping, string key) => (mapping?["config"] as YamlMapping)?[key] ?? mapping?[key];
}
