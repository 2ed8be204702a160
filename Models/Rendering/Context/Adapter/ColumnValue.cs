using System.Collections;
using Models.Jinja.Rendering;
using Models.Rendering.Context.Modules;

namespace Models.Rendering.Context.Adapter;

/// <summary>Converts values from the database to template values.</summary>
internal static class ColumnValue
{
    public static object? ToTemplate(object? value) => value switch
    {
        null or DBNull => null,
        string or long or double or decimal or bool => value,
        int or short or byte or uint or ushort => Convert.ToInt64(value),
        float single => (double)single,
        DateTime { Kind: DateTimeKind.Utc } moment => DateTimeObject.Utc(moment),
        DateTime moment => new DateTimeObject(moment, Zone: null),
        DateOnly date => new DateObject(date),
        TimeOnly time => time.ToString("HH:mm:ss.ffffff", provider: null).TrimEnd('0').TrimEnd('.'),
        TimeSpan span => new TimeDeltaObject(span),
        byte[] bytes => $"\\x{Convert.ToHexStringLower(bytes)}",
        IEnumerable items and not string => new JinjaList(items.Cast<object?>().Select(ToTemplate)),
        _ => value.ToString(),
    };
}
