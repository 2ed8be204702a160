using Models.Compiler.Context;
using Models.Jinja.Rendering;

namespace Models.Compiler.Graph;

/// <summary>
/// A node's merged configuration: dbt_project.yml tree, then properties, then <c>config()</c> in the file. Keys are dbt's, for example
/// <c>materialized</c>, <c>unique_key</c>, <c>tags</c>; values are template values. What nobody set has dbt's default.
/// </summary>
public sealed class NodeConfig(IReadOnlyDictionary<string, object?> defaults)
{
    private static readonly Dictionary<string, object?> s_none = [];

    private Dictionary<string, object?>? _values;

    public NodeConfig()
        : this(s_none)
    {
    }

    /// <summary>Every setting: the defaults in their order, then what else was set.</summary>
    public IReadOnlyDictionary<string, object?> Values
    {
        get
        {
            if (defaults.Count == 0)
                return _values ?? s_none;

            var all = new Dictionary<string, object?>(defaults, StringComparer.Ordinal);
            foreach (var (key, value) in SetValues)
                all[key] = value;

            return all;
        }
    }

    /// <summary>What was set, without the defaults.</summary>
    public IReadOnlyDictionary<string, object?> SetValues => _values ?? s_none;

    public bool Enabled => GetBoolean("enabled", otherwise: true);

    public string Materialized => GetString("materialized") ?? "view";

    public bool TryGet(string key, out object? value) =>
        (_values is not null && _values.TryGetValue(key, out value)) || defaults.TryGetValue(key, out value);

    public string? GetString(string key) => TryGet(key, out var value) && value is not null ? PythonText.Str(value) : null;

    public bool GetBoolean(string key, bool otherwise) =>
        TryGet(key, out var value) && value is bool flag ? flag : otherwise;

    /// <summary>A list setting; one text stands for a list of one.</summary>
    public IReadOnlyList<string> GetStrings(string key) => TryGet(key, out var value) ? TemplateItems.Texts(value) : [];

    public void Set(string key, object? value) => (_values ??= new(StringComparer.Ordinal))[key] = value;
}
