using System.Globalization;
using Models.Jinja.Rendering;
using Models.Project.Configuration;
using Npgsql;

namespace Models.Parsing.Profiles;

/// <summary>Builds a target from a profile's fields, a connection string, or both; the connection string takes precedence.</summary>
internal static class TargetBuilder
{
    private const int DefaultPort = 5432;
    private const string DefaultSchema = "public";

    /// <summary>Maps the aliases of a field to one name.</summary>
    public static string CanonicalField(string key) => key switch
    {
        "pass" => "password",
        "database" => "dbname",
        "username" => "user",
        _ => key,
    };

    public static bool IsAnsweredByConnectionString(string key, NpgsqlConnectionStringBuilder connection) => CanonicalField(key) switch
    {
        "schema" => SchemaOf(connection) is not null,
        "host" or "port" or "user" or "password" or "dbname" or "search_path" => true,
        _ => false,
    };

    public static Target FromConnectionString(string profile, string name, NpgsqlConnectionStringBuilder connection) =>
        FromFields(profile, name, new Dictionary<string, object?>(StringComparer.Ordinal) { ["type"] = "postgres" }, threads: 4, connection);

    public static Target FromFields(string profile, string name, Dictionary<string, object?> fields, int threads, NpgsqlConnectionStringBuilder? given)
    {
        var connection = given ?? ToConnection(fields);
        var schema = (given is null ? null : SchemaOf(given)) ?? Text(fields, "schema") ?? DefaultSchema;
        var database = connection.Database ?? connection.Username ?? "postgres";
        fields.Remove("password");
        fields["host"] = connection.Host;
        fields["port"] = (long)connection.Port;
        fields["user"] = connection.Username;
        fields["dbname"] = database;
        fields["database"] = database;
        fields["schema"] = schema;
        fields["threads"] = (long)threads;
        fields["name"] = name;
        fields["target_name"] = name;
        fields["profile_name"] = profile;
        return new Target
        {
            ProfileName = profile,
            Name = name,
            Database = database,
            Schema = schema,
            User = connection.Username ?? "",
            Threads = threads,
            ConnectionString = given?.ConnectionString ?? connection.ConnectionString,
            IsGiven = given is not null,
            Fields = fields,
        };
    }

    /// <summary>Maps libpq's words such as <c>verify-full</c>; returns null for an unknown word.</summary>
    public static SslMode? SslModeOf(string word) => word switch
    {
        "disable" => SslMode.Disable,
        "allow" => SslMode.Allow,
        "prefer" => SslMode.Prefer,
        "require" => SslMode.Require,
        "verify-ca" => SslMode.VerifyCA,
        "verify-full" => SslMode.VerifyFull,
        _ => null,
    };

    private static string? SchemaOf(NpgsqlConnectionStringBuilder connection) =>
        connection.SearchPath?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is [var first, ..]
            ? first.Trim('"')
            : null;

    private static NpgsqlConnectionStringBuilder ToConnection(Dictionary<string, object?> fields)
    {
        var connection = new NpgsqlConnectionStringBuilder
        {
            Host = Text(fields, "host"),
            Port = Number(fields, "port") ?? DefaultPort,
            Username = Text(fields, "user"),
            Password = Text(fields, "password"),
            Database = Text(fields, "dbname"),
            ApplicationName = Text(fields, "application_name") ?? "leadline",
        };
        if (Text(fields, "search_path") is { Length: > 0 } searchPath)
            connection.SearchPath = searchPath;
        if (Number(fields, "connect_timeout") is { } timeout)
            connection.Timeout = timeout;
        // a Unix socket has no keepalives; libpq ignores the setting there
        if (Number(fields, "keepalives_idle") is > 0 and { } keepAlive && connection.Host?.StartsWith('/') == false)
        {
            connection.TcpKeepAlive = true;
            connection.TcpKeepAliveTime = keepAlive;
        }

        if (Text(fields, "sslmode") is { } sslMode && SslModeOf(sslMode) is { } mode)
            connection.SslMode = mode;
        if (Text(fields, "sslcert") is { } certificate)
            connection.SslCertificate = certificate;
        if (Text(fields, "sslkey") is { } key)
            connection.SslKey = key;
        if (Text(fields, "sslrootcert") is { } rootCertificate)
            connection.RootCertificate = rootCertificate;
        return connection;
    }

    private static string? Text(Dictionary<string, object?> fields, string key) =>
        fields.TryGetValue(key, out var value) && value is not null ? PythonText.Str(value) : null;

    private static int? Number(Dictionary<string, object?> fields, string key) =>
        int.TryParse(Text(fields, key), CultureInfo.InvariantCulture, out var number) ? number : null;
}
