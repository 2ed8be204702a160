using System.Security.Cryptography;
using System.Text;

namespace Models.Project.Graph;

/// <summary>
/// Names as the server stores them: at most 63 bytes in UTF-8; it silently drops the rest. Source: PostgreSQL documentation, 4.1.1. Identifiers and
/// Key Words.
/// </summary>
public static class ServerName
{
    public const int LongestName = 63;

    // Source: PostgreSQL documentation, 5.6. System Columns.
    private static readonly string[] s_systemColumns = ["tableoid", "xmin", "cmin", "xmax", "cmax", "ctid"];

    /// <summary>A name's length in bytes.</summary>
    public static int Length(string name) => Encoding.UTF8.GetByteCount(name);

    public static bool Fits(string name) => Length(name) <= LongestName;

    /// <summary>True for a system column's name, which no other column of a table may have.</summary>
    public static bool IsSystemColumn(string name) => s_systemColumns.Contains(name);

    /// <summary>Truncates a name as the server does, at a character boundary.</summary>
    public static string Cut(string name) => Cut(name, LongestName);

    /// <summary>
    /// Appends a suffix within the server's limit. A name that must be truncated gets a hash of the whole name, so that two long names do not
    /// collide.
    /// </summary>
    public static string WithSuffix(string name, string suffix)
    {
        if (Length(name) + Length(suffix) <= LongestName)
            return name + suffix;

        var hash = Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(name)))[..8];
        return $"{Cut(name, LongestName - Length(suffix) - hash.Length - 1)}_{hash}{suffix}";
    }

    private static string Cut(string name, int room)
    {
        if (Length(name) <= room)
            return name;

        var bytes = 0;
        var length = 0;
        foreach (var rune in name.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > room)
                break;
            length += rune.Utf16SequenceLength;
        }

        return name[..length];
    }
}
