using System.Collections;

namespace Models.Rendering.Context;

/// <summary>
/// The environment variables with the prefix <c>DBT_ENV_CUSTOM_ENV_</c>, by the rest of their names; shown in artifacts and <c>dbt_metadata_envs</c>.
/// Source: docs.getdbt.com/reference/dbt-jinja-functions/env_var#custom-metadata.
/// </summary>
public static class MetadataVariables
{
    private const string Prefix = "DBT_ENV_CUSTOM_ENV_";

    public static IReadOnlyDictionary<string, object?> Read() => Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .Where(v => ((string)v.Key).StartsWith(Prefix, StringComparison.Ordinal))
        .ToDictionary(v => ((string)v.Key)[Prefix.Length..], v => v.Value, StringComparer.Ordinal);
}
