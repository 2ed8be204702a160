using System.Globalization;
using System.Text;
using Models.Contracts;
using Models.Jinja.Rendering;

namespace Models.Rendering.Connections;

/// <summary>
/// The values for the <c>%s</c> of a statement, put in as constants without a type, so that PostgreSQL gives each the type of its
/// column. Source: www.psycopg.org/docs/usage.html#passing-parameters-to-sql-queries.
/// </summary>
internal static class QueryBindings
{
    public static string Fill(string sql, IEnumerable<object?>? values)
    {
        if (values is null)
            return sql;

        using var next = values.GetEnumerator();
        var text = new StringBuilder(sql.Length);
        for (var i = 0; i < sql.Length; i++)
        {
            if (sql[i] != '%' || i + 1 == sql.Length || sql[i + 1] is not ('s' or '%'))
                text.Append(sql[i]);
            else if (sql[++i] == '%')
                text.Append('%');
            else
                text.Append(next.MoveNext() ? Constant(next.Current) : "%s");
        }

        return text.ToString();
    }

    private static string Constant(object? value) => value switch
    {
        null or Undefined => "null",
        bool flag => flag ? "true" : "false",
        long or double or decimal => ((IFormattable)value).ToString(format: null, CultureInfo.InvariantCulture),
        _ => SqlLiteral.Of(PythonText.Str(value)),
    };
}
