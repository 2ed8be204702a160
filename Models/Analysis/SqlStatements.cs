using Models.Project.Graph;

namespace Models.Analysis;

/// <summary>Splits a text into statements. Source: PostgreSQL documentation, 4.1. Lexical Structure.</summary>
internal static class SqlStatements
{
    /// <summary>The non-empty statements with their offsets.</summary>
    public static IReadOnlyList<(string Sql, int Offset)> Split(string sql)
    {
        var statements = new List<(string, int)>();
        var start = SqlText.SkipBlank(sql, 0);
        for (var at = start; at < sql.Length;)
        {
            var next = SqlText.SkipBlank(sql, at);
            if (next > at)
            {
                at = next;
            }
            else if (sql[at] == ';')
            {
                if (at > start)
                    statements.Add((sql[start..at], start));
                at = start = SqlText.SkipBlank(sql, at + 1);
            }
            else
            {
                at = EndOfToken(sql, at);
            }
        }

        if (start < sql.Length)
            statements.Add((sql[start..], start));
        return statements;
    }

    private static int EndOfToken(string sql, int at) => sql[at] switch
    {
        '\'' when IsEscapePrefix(sql, at - 1) => EndOfQuoted(sql, at, hasEscapes: true),
        '\'' or '"' => EndOfQuoted(sql, at, hasEscapes: false),
        '$' when DollarTag(sql, at) is { } tag =>
            sql.IndexOf(tag, at + tag.Length, StringComparison.Ordinal) is var end and >= 0 ? end + tag.Length : sql.Length,
        _ => at + 1,
    };

    /// <summary>True if the E is a prefix, not the end of an identifier as in <c>like'a'</c>.</summary>
    private static bool IsEscapePrefix(string sql, int at) =>
        at >= 0 && sql[at] is 'e' or 'E' && (at == 0 || !(char.IsLetterOrDigit(sql[at - 1]) || sql[at - 1] is '_' or '$'));

    private static int EndOfQuoted(string sql, int at, bool hasEscapes)
    {
        for (var i = at + 1; i < sql.Length; i++)
        {
            if (hasEscapes && sql[i] == '\\')
                i++;
            else if (sql[i] == sql[at])
                return i + 1;
        }

        return sql.Length;
    }

    /// <summary>Returns <c>$$</c> or <c>$name$</c>; null if the dollar sign is part of a name or a parameter.</summary>
    private static string? DollarTag(string sql, int at)
    {
        if (at > 0 && (char.IsLetterOrDigit(sql[at - 1]) || sql[at - 1] == '_'))
            return null;

        var end = at + 1;
        while (end < sql.Length && (char.IsLetterOrDigit(sql[end]) || sql[end] == '_'))
            end++;

        return end < sql.Length && sql[end] == '$' && !(end > at + 1 && char.IsDigit(sql[at + 1])) ? sql[at..(end + 1)] : null;
    }
}
