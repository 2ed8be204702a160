using System.Collections;

namespace Models.Project.Graph;

/// <summary>Reads a mapping from YAML or from a template, whatever its .NET type.</summary>
internal static class MappingValue
{
    /// <summary>The entries with a string key; empty if the value is not a mapping.</summary>
    public static IEnumerable<KeyValuePair<string, object?>> Entries(object? value)
    {
        if (value is string || value is not IEnumerable entries)
            yield break;

        foreach (var entry in entries)
        {
            if (entry is KeyValuePair<string, object?> plain)
                yield return plain;
            else if (entry is KeyValuePair<object?, object?> { Key: string key } pair)
                yield return new(key, pair.Value);
        }
    }

    public static object? Value(object? mapping, string key) => Entries(mapping).FirstOrDefault(e => e.Key == key).Value;

    /// <summary>The items of a list; empty if the value is not a list.</summary>
    public static IEnumerable<object?> Items(object? value) =>
        value is IEnumerable items and not string ? items.Cast<object?>() : [];
}
