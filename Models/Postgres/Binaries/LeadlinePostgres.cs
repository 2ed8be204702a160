using Npgsql;

namespace Models.Postgres.Binaries;

/// <summary>
/// The environment variable <c>LEADLINE_POSTGRES</c>: the connection string of a server that runs, or the folder of PostgreSQL's
/// programs, or the word <c>embedded</c>.
/// </summary>
public static class LeadlinePostgres
{
    public const string Variable = "LEADLINE_POSTGRES";

    /// <summary>The server it names, or null.</summary>
    public static string? ConnectionString => Value is { } value && IsConnectionString(value) ? value : null;

    /// <summary>The folder (or the word) it names, or null.</summary>
    public static string? Binaries => Value is { } value && !IsConnectionString(value) ? value : null;

    private static string? Value => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } value ? value : null;

    private static bool IsConnectionString(string value)
    {
        if (value == BinariesLocator.Embedded || Directory.Exists(value) || !value.Contains('=', StringComparison.Ordinal))
            return false;

        try
        {
            return new NpgsqlConnectionStringBuilder(value).Host is { Length: > 0 };
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
