using Models.Jinja.Rendering;

namespace Models.Project.Graph;

/// <summary>
/// A node's merged configuration: dbt_project.yml tree, then properties, then <c>config()</c> in the file. Keys are dbt's, for example
/// <c>materialized</c>, <c>unique_key</c>, <c>tags</c>; values are template values. What nobody set has dbt's default. Immutable.
/// </summary>
public sealed class NodeConfig
{
    private static readonly Dictionary<string, object?> s_none = [];

    private readonly IReadOnlyDictionary<string, object?> _defaults;
    private readonly IReadOnlyDictionary<string, object?> _set;

    /// <param name="defaults">The values of what nobody set.</param>
    /// <param name="set">What was set; not changed afterwards.</param>
    public NodeConfig(IReadOnlyDictionary<string, object?> defaults, IReadOnlyDictionary<string, object?> set)
    {
        _defaults = defaults;
        _set = set;
    }

    /// <summary>No settings, and no defaults.</summary>
    public static NodeConfig Empty { get; } = new(s_none, s_none);

    /// <summary>Every setting: the defaults in their order, then what else was set.</summary>
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

    /// <summary>What was set, without the defaults.</summary>
    public IReadOnlyDictionary<string, object?> SetValues => _set;

    public bool Enabled => GetBoolean("enabled", otherwise: true);

    public string Materialized => GetString("materialized") ?? "view";

    public bool TryGet(string key, out object? value) =>
        _set.TryGetValue(key, out value) || _defaults.TryGetValue(key, out value);

    public string? GetString(string key) => TryGet(key, out var value) && value is not null ? PythonText.Str(value) : null;

    public bool GetBoolean(string key, bool otherwise) =>
        TryGet(key, out var value) && value is bool flag ? flag : otherwise;

    /// <summary>A list setting; one text stands for a list of one.</summary>
    public IReadOnlyList<string> GetStrings(string key) => TryGet(key, out var value) ? TemplateItems.Texts(value) : [];

    /// <summary>These settings and one more.</summary>
    public NodeConfig With(string key, object? value) => new(_defaults, new Dictionary<string, object?>(_set, StringComparer.Ordinal) { [key] = value });
}
