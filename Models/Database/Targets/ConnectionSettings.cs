using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Models.Jinja.Rendering;
using Npgsql;

namespace Models.Database.Targets;

/// <summary>
/// Where a connection goes and as whom: read from a connection string, or made from the fields of a profile's output.
/// Source: docs.getdbt.com/docs/core/connect-data-platform/postgres-setup.
/// </summary>
public sealed class ConnectionSettings
{
    private const int DefaultPort = 5432;

    private readonly NpgsqlConnectionStringBuilder _settings;

    private ConnectionSettings(NpgsqlConnectionStringBuilder settings) => _settings = settings;

    public string? Host => _settings.Host;

    public int Port => _settings.Port;

    public string? User => _settings.Username;

    public string? Database => _settings.Database;

    /// <summary>The first schema of the search path; null where there is none.</summary>
    public string? Schema => _settings.SearchPath?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is [var first, ..]
        ? first.Trim('"')
        : null;

    public string ConnectionString => _settings.ConnectionString;

    /// <param name="connectionString">For example <c>Host=localhost;Username=me;Database=warehouse</c>.</param>
    /// <param name="settings">What it says; null where it is no connection string.</param>
    /// <param name="problem">Why it is none.</param>
    public static bool TryParse(string connectionString, [NotNullWhen(true)] out ConnectionSettings? settings, [NotNullWhen(false)] out string? problem)
    {
        try
        {
            settings = new ConnectionSettings(new NpgsqlConnectionStringBuilder(connectionString));
            problem = null;
            return true;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or KeyNotFoundException)
        {
            settings = null;
            problem = e.Message.ReplaceLineEndings(" ").TrimEnd('.');
            return false;
        }
    }

    /// <summary>The settings of a target's own connection string, which was read before.</summary>
    public static ConnectionSettings Of(string connectionString) => new(new NpgsqlConnectionStringBuilder(connectionString));

    /// <param name="fields">The fields of an output by their canonical names; values are template values.</param>
    public static ConnectionSettings FromFields(IReadOnlyDictionary<string, object?> fields)
    {
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = Text(fields, "host"),
            Port = Number(fields, "port") ?? DefaultPort,
            Username = Text(fields, "user"),
            Password = Text(fields, "password"),
            Database = Text(fields, "dbname"),
            ApplicationName = Text(fields, "application_name") ?? "leadline",
        };
        if (Text(fields, "search_path") is { Length: > 0 } searchPath)
            settings.SearchPath = searchPath;
        if (Number(fields, "connect_timeout") is { } timeout)
            settings.Timeout = timeout;
        // a Unix socket has no keepalives; libpq ignores the setting there
        if (Number(fields, "keepalives_idle") is > 0 and { } keepAlive && settings.Host?.StartsWith('/') == false)
        {
            settings.TcpKeepAlive = true;
            settings.TcpKeepAliveTime = keepAlive;
        }

        if (Text(fields, "sslmode") is { } sslMode && SslModeOf(sslMode) is { } mode)
            settings.SslMode = mode;
        if (Text(fields, "sslcert") is { } certificate)
            settings.SslCertificate = certificate;
        if (Text(fields, "sslkey") is { } key)
            settings.SslKey = key;
        if (Text(fields, "sslrootcert") is { } rootCertificate)
            settings.RootCertificate = rootCertificate;
        return new ConnectionSettings(settings);
    }

    /// <summary>True for a word of libpq's <c>sslmode</c>.</summary>
    public static bool IsSslMode(string word) => SslModeOf(word) is not null;

    private static SslMode? SslModeOf(string word) => word switch
    {
        "disable" => SslMode.Disable,
        "allow" => SslMode.Allow,
        "prefer" => SslMode.Prefer,
        "require" => SslMode.Require,
        "verify-ca" => SslMode.VerifyCA,
        "verify-full" => SslMode.VerifyFull,
        _ => null,
    };

    private static string? Text(IReadOnlyDictionary<string, object?> fields, string key) =>
        fields.TryGetValue(key, out var value) && value is not null ? PythonText.Str(value) : null;

    private static int? Number(IReadOnlyDictionary<string, object?> fields, string key) =>
        int.TryParse(Text(fields, key), CultureInfo.InvariantCulture, out var number) ? number : null;
}
