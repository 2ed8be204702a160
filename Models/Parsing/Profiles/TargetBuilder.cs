using Models.Database.Targets;
using Models.Jinja.Rendering;
using Models.Project.Configuration;

namespace Models.Parsing.Profiles;

/// <summary>Builds a target from a profile's fields, a connection string, or both; the connection string takes precedence.</summary>
internal static class TargetBuilder
{
    private const string DefaultSchema = "public";

    /// <summary>Maps the aliases of a field to one name.</summary>
    public static string CanonicalField(string key) => key switch
    {
        "pass" => "password",
        "database" => "dbname",
        "username" => "user",
        _ => key,
    };

    public static bool IsAnsweredByConnectionString(string key, ConnectionSettings connection) => CanonicalField(key) switch
    {
        "schema" => connection.Schema is not null,
        "host" or "port" or "user" or "password" or "dbname" or "search_path" => true,
        _ => false,
    };

    public static Target FromConnectionString(string profile, string name, ConnectionSettings connection) =>
        FromFields(profile, name, new Dictionary<string, object?>(StringComparer.Ordinal) { ["type"] = "postgres" }, threads: 4, connection);

    public static Target FromFields(string profile, string name, Dictionary<string, object?> fields, int threads, ConnectionSettings? given)
    {
        var connection = given ?? ConnectionSettings.FromFields(fields);
        var schema = given?.Schema ?? Text(fields, "schema") ?? DefaultSchema;
        var database = connection.Database ?? connection.User ?? "postgres";
        fields.Remove("password");
        fields["host"] = connection.Host;
        fields["port"] = (long)connection.Port;
        fields["user"] = connection.User;
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
            User = connection.User ?? "",
            Threads = threads,
            ConnectionString = connection.ConnectionString,
            IsGiven = given is not null,
            Fields = fields,
        };
    }

    private static string? Text(Dictionary<string, object?> fields, string key) =>
        fields.TryGetValue(key, out var value) && value is not null ? PythonText.Str(value) : null;
}
