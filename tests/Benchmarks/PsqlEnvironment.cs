using Npgsql;

namespace Benchmarks;

/// <summary>The environment by which psql finds a database.</summary>
internal static class PsqlEnvironment
{
    public static IReadOnlyDictionary<string, string> Of(NpgsqlConnectionStringBuilder connection) => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["PGHOST"] = connection.Host!,
        ["PGPORT"] = connection.Port.ToString(),
        ["PGUSER"] = connection.Username!,
        ["PGPASSWORD"] = connection.Password ?? "",
        ["PGDATABASE"] = connection.Database!,
    };
}
