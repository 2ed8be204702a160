using Models.Jinja.Rendering;

namespace Models.Project.Graph;

/// <summary>
/// A node's merged configuration: dbt_project.yml tree, then properties, then <c>config()</c> in the file. Keys are dbt's, for example
/// <c>materialized</c>, <c>unique_key</c>, <c>tags</c>; values are template values. Settings that are not configured have dbt's defaults. Immutable.
/// </summary>
public sealed class NodeConfig
{
    private static readonly Dictionary<string, object?> s_none = [];

    private readonly IReadOnlyDictionary<string, object?> _defaults;
    private readonly IReadOnlyDictionary<string, object?> _set;

    /// <param name="defaults">The default values.</param>
    /// <param name="set">The configured values; must not be changed afterwards.</param>
    public NodeConfig(IReadOnlyDictionary<string, object?> defaults, IReadOnlyDictionary<string, object?> set)
    {
        _defaults = defaults;
        _set = set;
    }

    /// <summary>A configuration without settings and defaults.</summary>
    public static NodeConfig Empty { get; } = new(s_none, s_none);

    /// <summary>All settings: the defaults in their order, then the other configured settings.</summary>
    public IReadOnlyDictionary<string, object?> Values
    {
        get
        {
            if (_defaults.Count == 0)
                return _set;

            var all = new Dictionary<string, object?>(_defaults, StringComparer.Ordinal);
            foreach (var (key, value) in _set)
                all[key] = value;

            return all;
        }
    }

    /// <summary>The configured settings, without the defaults.</summary>
    public IReadOnlyDictionary<string, object?> SetValues => _set;

    public bool Enabled => GetBoolean("enabled", otherwise: true);

    public string Materialized => GetString("materialized") ?? "view";

    public bool TryGet(string key, out object? value) =>
        _set.TryGetValue(key, out value) || _defaults.TryGetValue(key, out value);

    public string? GetString(string key) => TryGet(key, out var value) && value is not null ? PythonText.Str(value) : null;

    public bool GetBoolean(string key, bool otherwise) =>
        TryGet(key, out var value) && value is bool flag ? flag : otherwise;

    /// <summary>Gets a list setting; a single string is a list of one.</summary>
    public IReadOnlyList<string> GetStrings(string key) => TryGet(key, out var value) ? TemplateItems.Texts(value) : [];

    /// <summary>Returns a copy with one more setting.</summary>
    public NodeConfig With(string key, object? value) => new(_defaults, new Dictionary<string, object?>(_set, StringComparer.Ordinal) { [key] = value });
}
