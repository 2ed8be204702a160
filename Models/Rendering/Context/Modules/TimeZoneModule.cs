using Models.Rendering.Context.Functions;

namespace Models.Rendering.Context.Modules;

/// <summary><c>modules.pytz</c>.</summary>
internal static class TimeZoneModule
{
    public static HostNamespace Namespace { get; } = new("pytz", new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["timezone"] = new HostFunction("timezone(zone)", a => TimeZoneInfo.TryFindSystemTimeZoneById(a.Text(0), out var info)
            ? new TimeZoneObject(a.Text(0), info)
            : throw a.Context.ValueError($"there is no time zone '{a.Text(0)}'")),
        ["utc"] = TimeZoneObject.Utc,
        ["UTC"] = TimeZoneObject.Utc,
    });
}
