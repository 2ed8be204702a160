using System.Collections;
using Models.Jinja.Rendering;

namespace Models.Engine;

/// <summary>
/// Values that are never shown or stored: those of environment variables and vars whose name starts with <c>DBT_ENV_SECRET</c>. Source:
/// docs.getdbt.com/reference/dbt-jinja-functions/env_var#secrets.
/// </summary>
internal sealed class Secrets
{
    public const string Prefix = "DBT_ENV_SECRET";

    /// <summary>The replacement for a secret.</summary>
    public const string Mask = "*****";

    private readonly IReadOnlyList<string> _values;

    private Secrets(IEnumerable<string?> values) =>
        // longest first, because one secret may contain another
        _values = [.. values.OfType<string>().Where(v => !string.IsNullOrWhiteSpace(v)).Distinct(StringComparer.Ordinal).OrderByDescending(v => v.Length)];

    public bool Any => _values.Count > 0;

    public static Secrets Of(IReadOnlyDictionary<string, object?> vars) => new(
    [
        .. Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Where(v => IsSecret((string)v.Key)).Select(v => v.Value as string),
        .. vars.Where(v => IsSecret(v.Key)).SelectMany(v => Texts(v.Value)),
    ]);

    public string Hide(string text)
    {
        foreach (var value in _values)
            text = text.Replace(value, Mask, StringComparison.Ordinal);

        return text;
    }

    /// <summary>Masks the secrets in the values.</summary>
    public IReadOnlyDictionary<string, object?> Hide(IReadOnlyDictionary<string, object?> values) =>
        values.ToDictionary(v => v.Key, v => IsSecret(v.Key) ? Mask : Hide(v.Value), StringComparer.Ordinal);

    private object? Hide(object? value) => value switch
    {
        string text => Hide(text),
        JinjaDict dict => dict.ToDictionary(e => PythonText.Str(e.Key), e => Hide(e.Value), StringComparer.Ordinal),
        IReadOnlyDictionary<string, object?> map => Hide(map),
        IEnumerable items => items.Cast<object?>().Select(i => Hide(i)).ToList(),
        _ => value,
    };

    private static bool IsSecret(string name) => name.StartsWith(Prefix, StringComparison.Ordinal);

    private static IEnumerable<string?> Texts(object? value) => value switch
    {
        string text => [text],
        JinjaDict dict => dict.SelectMany(e => Texts(e.Value)),
        IEnumerable items => items.Cast<object?>().SelectMany(Texts),
        _ => [value is bool or null ? null : PythonText.Str(value)],
    };
}
