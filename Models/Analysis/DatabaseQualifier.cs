using System.Text;

namespace Models.Analysis;

/// <summary>
/// Makes <c>"warehouse"."schema"."model"</c> refer to the relation of that name in the analysis database, whose name differs from the target's: the
/// database part is overwritten with spaces, so that positions stay the same.
/// </summary>
internal sealed class DatabaseQualifier(string database)
{
    // an unquoted name may have any letter case
    private readonly (string Text, StringComparison Comparison)[] _spellings =
    [
        ($"\"{database.Replace("\"", "\"\"")}\".", StringComparison.Ordinal), ($"{database}.", StringComparison.OrdinalIgnoreCase),
    ];

    public string Blank(string sql)
    {
        StringBuilder? text = null;
        foreach (var (spelling, comparison) in _spellings)
        {
            for (var at = sql.IndexOf(spelling, comparison); at >= 0; at = sql.IndexOf(spelling, at + 1, comparison))
            {
                if (!StandsAlone(sql, at) || !NamesRelation(sql, at + spelling.Length))
                    continue;

                text ??= new StringBuilder(sql);
                for (var i = at; i < at + spelling.Length; i++)
                    text[i] = ' ';
            }
        }

        return text?.ToString() ?? sql;
    }

    private static bool StandsAlone(string sql, int at) =>
        at == 0 || !(char.IsLetterOrDigit(sql[at - 1]) || sql[at - 1] is '_' or '.' or '"' or '$');

    /// <summary>True if a schema and another name follow; a column of a table with the database's name is not changed.</summary>
    private static bool NamesRelation(string sql, int start)
    {
        var end = start;
        if (end < sql.Length && sql[end] == '"')
        {
            end = sql.IndexOf('"', start + 1) + 1;
            if (end == 0)
                return false;
        }
        else
        {
            while (end < sql.Length && (char.IsLetterOrDigit(sql[end]) || sql[end] == '_'))
                end++;
        }

        return end > start && end < sql.Length && sql[end] == '.';
    }
}
