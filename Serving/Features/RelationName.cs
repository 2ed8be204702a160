using Npgsql;
using Serving.Scoring.Features;

namespace Serving.Features;

/// <summary>The quoted names of what the models build.</summary>
internal static class RelationName
{
    /// <summary>In the schema below the one that the connection's Search Path names.</summary>
    /// <param name="target">The target where the connection names none.</param>
    public static string Of(NpgsqlDataSource source, string target, DeclaredRelation relation) =>
        $"{Quote(relation.IsFixedSchema ? relation.Schema : Below(source, target, relation.Schema))}.{Quote(relation.Relation)}";

    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Below(NpgsqlDataSource source, string target, string schema)
    {
        var path = new NpgsqlConnectionStringBuilder(source.ConnectionString).SearchPath?.Split(',')[0].Trim().Trim('"');
        var present = string.IsNullOrEmpty(path) ? target : path;
        return schema.Length == 0 ? present : $"{present}_{schema}";
    }
}
