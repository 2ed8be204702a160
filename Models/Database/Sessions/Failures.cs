using System.Text;
using Models.Diagnostics;
using Models.Project.Graph;
using Models.Rendering.Nodes;
using Npgsql;

namespace Models.Database.Sessions;

/// <summary>Says in one line what went wrong with a node, and where in its template.</summary>
public static class Failures
{
    /// <summary>True for what a node's SQL, template or configuration, or the database, can bring about.</summary>
    public static bool IsOfNode(Exception failure) => failure is StatementException or NpgsqlException or DiagnosticException or RunException;

    /// <summary>True where the database said no, or a template did; a server that cannot be reached is another matter.</summary>
    public static bool IsAnswer(Exception failure) => IsOfNode(failure) && failure is PostgresException or not NpgsqlException;

    /// <summary>True for the server's refusal of a statement.</summary>
    public static bool IsRefusal(Exception failure) => failure is StatementException or PostgresException;

    /// <summary>The server's message without detail and hint; for other failures their message, in one line.</summary>
    public static string Message(Exception failure) => failure is PostgresException refused ? refused.MessageText : failure.Message.ReplaceLineEndings(" ");

    public static string Describe(Exception failure, Node node, CompiledNode? compiled) => failure switch
    {
        StatementException refused => Describe(refused, node, compiled),
        PostgresException refused => $"{Where(node)}: {Text(refused)}",
        DiagnosticException mistake => mistake.Diagnostic.ToString(),
        _ => failure.Message.ReplaceLineEndings(" "),
    };

    /// <summary>For SQL that is no node's.</summary>
    public static string Describe(Exception failure) => failure switch
    {
        StatementException refused => Text(refused.Refusal),
        PostgresException refused => Text(refused),
        _ => failure.Message.ReplaceLineEndings(" "),
    };

    private static string Describe(StatementException failure, Node node, CompiledNode? compiled)
    {
        var text = Text(failure.Refusal);
        if (compiled is null || failure.Statement.NodeSqlOffset < 0 || failure.Refusal.Position == 0)
            return $"{Where(node)}: {text}";

        var offset = Utf16Offset(failure.Statement.Sql, failure.Refusal.Position) - failure.Statement.NodeSqlOffset;
        if (offset < 0)
            return $"{Where(node)}: {text}";

        // a position behind the node's own text lies in generated SQL: report the end of the node's text
        var end = compiled.Sql.TrimEnd().Length;
        if (offset >= end && failure.Refusal.SqlState == PostgresErrorCodes.SyntaxError)
            text = "syntax error at the end of the query; something is not closed or is missing";

        var place = compiled.Map.Locate(Math.Min(offset, Math.Max(0, end - 1)));
        return $"{(place.Span.StartLine == 0 ? Where(node) : place.Span)}: {text}";
    }

    /// <summary>True where a refused statement holds a node's SQL, and the mistake is in that.</summary>
    internal static bool IsWithin(PostgresException refusal, string sql, string nodeSql, out int offset)
    {
        offset = nodeSql.Length == 0 || refusal.Position == 0 ? -1 : sql.IndexOf(nodeSql, StringComparison.Ordinal);
        var at = offset < 0 ? -1 : Utf16Offset(sql, refusal.Position) - offset;
        return at >= 0 && at <= nodeSql.Length;
    }

    private static string Where(Node node) => node.Span.File;

    private static string Text(PostgresException refusal)
    {
        var text = new StringBuilder(refusal.MessageText.ReplaceLineEndings(" "));
        if (!string.IsNullOrEmpty(refusal.Detail))
            text.Append(" (").Append(refusal.Detail.ReplaceLineEndings(" ")).Append(')');
        if (!string.IsNullOrEmpty(refusal.Hint))
            text.Append("; hint: ").Append(refusal.Hint.ReplaceLineEndings(" "));
        return text.ToString();
    }

    // the server counts characters from 1, .NET counts UTF-16 units
    private static int Utf16Offset(string sql, int position)
    {
        var offset = 0;
        for (var i = 1; i < position && offset < sql.Length; i++)
            offset += char.IsHighSurrogate(sql[offset]) ? 2 : 1;
        return offset;
    }
}
