using System.Collections;

namespace Models.Project.Graph;

/// <summary>Reads a mapping that came from yaml or from a template, whichever of their types holds it.</summary>
internal static class MappingValue
{
    /// <summary>The entries whose key is text; nothing where the value is no mapping.</summary>
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

    /// <summary>The items of a list; nothing where the value is none.</summary>
    public static IEnumerable<object?> Items(object? value) =>
        value is IEnumerable items and not string ? items.Cast<object?>() : [];
}
