using System.Globalization;

namespace Models.Jinja.Rendering.Filters;

/// <summary>The <c>attribute</c> argument of a filter: <c>name</c>, <c>a.b.0</c>, or an index.</summary>
internal static class AttributePath
{
    public static object? Get(CallContext context, object? item, object? attribute, object? otherwise = null)
    {
        if (attribute is not string path)
            return Fallback(context.GetItem(item, attribute), otherwise);

        foreach (var part in path.Split('.'))
        {
            object? key = long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : part;
            item = Fallback(context.GetItem(item, key), otherwise);
        }

        return item;
    }

    /// <summary>Lower-cases a string for case-insensitive comparisons.</summary>
    public static object? IgnoreCase(object? value) => value is string text ? text.ToLowerInvariant() : value;

    private static object? Fallback(object? value, object? otherwise) => value is Undefined && otherwise is not null ? otherwise : value;
}
