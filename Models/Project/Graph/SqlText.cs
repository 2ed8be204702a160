namespace Models.Project.Graph;

/// <summary>Scans just enough SQL to insert text before a query.</summary>
internal static class SqlText
{
    /// <summary>The first offset from <paramref name="at"/> that is neither whitespace nor in a comment.</summary>
    public static int SkipBlank(string sql, int at)
    {
        while (at < sql.Length)
        {
            if (char.IsWhiteSpace(sql[at]))
                at++;
            else if (sql.AsSpan(at).StartsWith("--"))
                at = sql.IndexOf('\n', at) is var end and >= 0 ? end + 1 : sql.Length;
            else if (sql.AsSpan(at).StartsWith("/*"))
                at = EndOfBlockComment(sql, at);
            else
                break;
        }

        return at;
    }

    /// <summary>True if the keyword is at <paramref name="at"/>, in any letter case.</summary>
    public static bool IsWord(string sql, int at, string keyword)
    {
        var end = at + keyword.Length;
        return sql.AsSpan(at).StartsWith(keyword, StringComparison.OrdinalIgnoreCase)
            && (end == sql.Length || !(char.IsLetterOrDigit(sql[end]) || sql[end] is '_' or '$'));
    }

    /// <summary>Finds the end of a block comment; PostgreSQL's block comments nest.</summary>
    private static int EndOfBlockComment(string sql, int at)
    {
        var depth = 0;
        while (at < sql.Length)
        {
            if (sql.AsSpan(at).StartsWith("/*"))
            {
                depth++;
                at += 2;
            }
            else if (sql.AsSpan(at).StartsWith("*/"))
            {
                depth--;
                at += 2;
                if (depth == 0)
                    return at;
            }
            else
            {
                at++;
            }
        }

        return at;
    }
}
