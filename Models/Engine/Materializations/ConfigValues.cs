using System.Collections;
using System.Globalization;
using Models.Project.Graph;

namespace Models.Engine.Materializations;

/// <summary>Lists and maps out of a configuration, whichever of the template's containers holds them.</summary>
internal static class ConfigValues
{
    /// <summary>A list of texts; a single text is a list of one.</summary>
    public static IReadOnlyList<string> Strings(object? value) => value switch
    {
        null => [],
        string text => [text],
        IEnumerable items => [.. items.Cast<object?>().Where(i => i is not null).Select(i => i!.ToString()!)],
        _ => [value.ToString()!],
    };

    public static IReadOnlyList<string> Strings(NodeConfig config, string key) => config.TryGet(key, out var value) ? Strings(value) : [];

    /// <summary>A whole number, whichever of the template's kinds it is; null where there is none.</summary>
    public static long? Integer(object? value) =>
        long.TryParse(value?.ToString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A list of maps.</summary>
    public static IEnumerable<IReadOnlyDictionary<string, object?>> Maps(NodeConfig config, string key) =>
        config.TryGet(key, out var value) && value is IEnumerable items and not string
            ? items.Cast<object?>().Select(Map)
            : [];

    /// <summary>A map by text keys; anything else is empty.</summary>
    public static IReadOnlyDictionary<string, object?> Map(object? value) => value switch
    {
        IReadOnlyDictionary<string, object?> map => map,
        IEnumerable<KeyValuePair<string, object?>> pairs => pairs.ToDictionary(p => p.Key, p => p.Value),
        IEnumerable<KeyValuePair<object, object?>> pairs => pairs.ToDictionary(p => p.Key.ToString()!, p => p.Value),
        _ => new Dictionary<string, object?>(),
    };
}
