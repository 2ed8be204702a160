using System.Security.Cryptography;
using System.Text;
using Models.Compiler.Graph;

namespace Models.Runner.Database;

/// <summary>Names of the relations a build uses on its way. PostgreSQL keeps 63 bytes of a name and silently drops the rest.</summary>
internal static class RelationNames
{
    public const int LongestName = 63;

    /// <summary>Where the new version is built before it takes its place.</summary>
    public static Relation Intermediate(Relation target) => WithSuffix(target, "__dbt_tmp");

    /// <summary>Where the old version goes when it is replaced, until it is dropped.</summary>
    public static Relation Backup(Relation target) => WithSuffix(target, "__dbt_backup");

    public static Relation WithSuffix(Relation target, string suffix) => target with { Identifier = Shorten(target.Identifier, suffix) };

    /// <exception cref="RunException">The server would cut the name, and two such names could become one.</exception>
    public static void RequireFits(Relation target)
    {
        var length = Encoding.UTF8.GetByteCount(target.Identifier);
        if (length > LongestName)
            throw new RunException($"Relation name '{target.Identifier}' has {length} bytes; PostgreSQL keeps {LongestName}. Give it a shorter alias.");
    }

    // a name that must be cut keeps a hash of the whole, so that no two long names meet
    private static string Shorten(string identifier, string suffix)
    {
        if (Encoding.UTF8.GetByteCount(identifier) + suffix.Length <= LongestName)
            return identifier + suffix;

        var hash = Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(identifier)))[..8];
        var room = LongestName - suffix.Length - hash.Length - 1;
        var kept = new StringBuilder();
        var bytes = 0;
        foreach (var rune in identifier.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > room)
                break;
            kept.Append(rune);
        }

        return $"{kept}_{hash}{suffix}";
    }
}
