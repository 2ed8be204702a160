using Models.Rendering.Context.Functions;

namespace Models.Rendering.Context.Modules;

/// <summary>The <c>modules</c> of templates. Source: docs.getdbt.com/reference/dbt-jinja-functions/modules.</summary>
internal static class ModuleNames
{
    public static HostNamespace Namespace { get; } = new("modules", new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["datetime"] = DateTimeModule.Namespace,
        ["pytz"] = TimeZoneModule.Namespace,
        ["re"] = RegexModule.Namespace,
        ["itertools"] = IterationModule.Namespace,
    });
}
