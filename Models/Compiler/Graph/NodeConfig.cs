namespace Models.Compiler.Graph;

/// <summary>
/// A node's merged configuration: dbt_project.yml tree, then properties, then <c>config()</c> in the file. Keys are dbt's, for example
/// <c>materialized</c>, <c>unique_key</c>, <c>tags</c>; values are template values.
/// </summary>
public sealed class NodeConfig
{
    private readonly Dictionary<string, object?> _values = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, object?> Values => _values;

    public bool Enabled => GetBoolean("enabled", otherwise: true);

    public string Materialized => GetString("materialized") ?? "view";

    public bool TryGet(string key, out object? value) => _values.TryGetValue(key, out value);

    public string? GetString(string key) => _values.TryGetValue(key, out var value) ? value?.ToString() : null;

    public bool GetBoolean(string key, bool otherwise) =>
        _values.TryGetValue(key, out var value) && value is bool flag ? flag : otherwise;

    public void Set(string key, object? value) => _values[key] = value;
}
