using System.Text.RegularExpressions;
using Models.Analysis.Diagnostics;
using Models.Diagnostics;
using Models.Jinja.Rendering;
using Models.Project.Graph;
using Npgsql;

namespace Models.Analysis;

/// <summary>Converts PostgreSQL's errors to diagnostics at template positions.</summary>
/// <param name="columnsInReach">The columns of the relations that a node reads.</param>
/// <param name="relations">The names of all relations of the project.</param>
/// <param name="functions">The names of the existing functions.</param>
internal sealed partial class SqlErrorReader(Func<Node, IEnumerable<string>> columnsInReach, Func<IEnumerable<string>> relations, FunctionNames functions)
{
    private static readonly string[] TypeNames =
    [
        "bigint", "boolean", "bytea", "char", "character varying", "date", "double precision", "float", "int", "integer", "interval", "json",
        "jsonb", "numeric", "decimal", "real", "smallint", "text", "time", "timestamp", "timestamptz", "uuid", "varchar", "xml",
    ];

    /// <summary>Reads from the database the names that the hints for these errors need.</summary>
    public Task PrepareAsync(AnalysisDatabase database, IEnumerable<RefusedStatement> refused, CancellationToken cancellationToken) =>
        functions.ReadForAsync(database, refused, cancellationToken);

    /// <param name="refused">The rejected statement and the server's error.</param>
    /// <param name="sql">The node's own SQL in it.</param>
    /// <param name="map">The source map of that SQL.</param>
    /// <param name="what">A description of the SQL, if it is not the node's own query.</param>
    public Diagnostic Read(RefusedStatement refused, string sql, SourceMap map, string? what = null)
    {
        var error = refused.Error;
        var node = refused.Statement.Owner;
        var owner = what ?? NodeNames.Of(node);
        var position = refused.Position ?? FindName(error, sql);
        var (span, origin) = Locate(node, owner, sql, map, position);
        var names = QuotedNames(error.MessageText);

        return error.SqlState switch
        {
            PostgresErrorCodes.SyntaxError => SqlDiagnostics.Syntax(span, owner, Near(error.MessageText, position >= sql.TrimEnd().Length), origin),
            PostgresErrorCodes.UndefinedColumn when ColumnName(error.MessageText) is { } column =>
                SqlDiagnostics.UnknownColumn(span, column, owner, ColumnHint(node, column, error.Hint), origin),
            PostgresErrorCodes.UndefinedTable when RelationName(error.MessageText) is { } relation =>
                SqlDiagnostics.UnknownRelation(span, relation, owner, NearName.Hint(relation, relations()), origin),
            PostgresErrorCodes.UndefinedFunction when error.MessageText.StartsWith("operator ", StringComparison.Ordinal) =>
                SqlDiagnostics.UnknownOperator(span, Between(error.MessageText, "operator does not exist: "), owner, origin),
            PostgresErrorCodes.UndefinedFunction when FunctionName(error.MessageText) is { } function =>
                SqlDiagnostics.UnknownFunction(
                    span, function, owner, NearName.Hint(BareName(function), functions.All.Where(f => f != BareName(function))), origin),
            PostgresErrorCodes.AmbiguousColumn when names is [var column, ..] =>
                SqlDiagnostics.AmbiguousColumn(span, column, owner, origin),
            PostgresErrorCodes.UndefinedObject when TypeName(error.MessageText) is { } type =>
                SqlDiagnostics.UnknownType(span, type, owner, NearName.Hint(type, TypeNames), origin),
            PostgresErrorCodes.DuplicateColumn when names is [var column, ..] =>
                SqlDiagnostics.DuplicateColumn(span, column, owner, origin),
            PostgresErrorCodes.GroupingError when names is [var column, ..] && error.MessageText.StartsWith("column", StringComparison.Ordinal) =>
                SqlDiagnostics.Grouping(span, column, owner, origin),
            PostgresErrorCodes.DatatypeMismatch or PostgresErrorCodes.CannotCoerce or PostgresErrorCodes.IndeterminateDatatype
                or PostgresErrorCodes.InvalidTextRepresentation or PostgresErrorCodes.InvalidDatetimeFormat =>
                SqlDiagnostics.TypeMismatch(span, owner, Reword(error), origin),
            _ => SqlDiagnostics.Refused(span, owner, Reword(error), origin),
        };
    }

    /// <summary>The position in the template and, for text from a macro, the macro and its caller.</summary>
    private static (SourceSpan Span, string Origin) Locate(Node node, string owner, string sql, SourceMap map, int? position)
    {
        if (position is not { } offset || map.Locate(Math.Min(offset, Math.Max(0, sql.TrimEnd().Length - 1))) is not { Span.StartLine: > 0 } mapped)
            return (node.Span, "");

        // a built-in macro has no file, so report the nearest call in a file of the project
        var span = mapped.Span;
        if (!Path.IsPathRooted(span.File))
        {
            var call = mapped.Macros.FirstOrDefault(m => Path.IsPathRooted(m.Span.File));
            return (call?.Span ?? node.Span, mapped.Macros is [var builtIn, ..] ? $" (written by macro '{builtIn.Macro}')" : "");
        }

        if (mapped.IsLiteral && QualifiedNameAt(sql, offset) is var length && length > span.EndColumn - span.StartColumn
            && span.StartLine == span.EndLine)
            span = span with { EndColumn = span.StartColumn + length };

        return mapped.Macros switch
        {
            [] => (span, ""),
            [var macro, ..] => (span, $" (written by macro '{macro.Macro}', called by {owner} at {mapped.Macros[^1].Span})"),
        };
    }

    /// <summary>The length of <c>a.b</c> or <c>"a"."b"</c> at an offset, in UTF-16 units.</summary>
    private static int QualifiedNameAt(string sql, int offset) =>
        offset < sql.Length && QualifiedName().Match(sql, offset) is { Success: true } match && match.Index == offset ? match.Length : 0;

    /// <summary>Guesses the position of an error that has only a name: the name's last occurrence.</summary>
    private static int? FindName(PostgresException error, string sql)
    {
        if (QuotedNames(error.MessageText) is not [var name, ..] || error.SqlState != PostgresErrorCodes.DuplicateColumn)
            return null;

        var pattern = $"(?<![\\w$]){Regex.Escape(name)}(?![\\w$])";
        var last = Regex.Matches(sql, pattern, RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).LastOrDefault();
        return last?.Index;
    }

    private string ColumnHint(Node node, string column, string? hint)
    {
        // the server knows aliases and common table expressions, and suggests only very similar names
        if (hint is not null && HintedColumn().Match(hint) is { Success: true } match)
        {
            var name = match.Groups["name"].Value;
            return $"; did you mean '{(column.Contains('.') ? name : BareName(name))}'?";
        }

        return NearName.Hint(BareName(column), columnsInReach(node));
    }

    private static string BareName(string name) => name[(name.LastIndexOf('.') + 1)..].Split('(')[0];

    internal static string? ColumnName(string message) =>
        ColumnMessage().Match(message) is { Success: true } match ? match.Groups["name"].Value.Replace("\"", "") : null;

    private static string? RelationName(string message) => QuotedNames(message) is [var name, ..] ? name : null;

    private static string? FunctionName(string message) =>
        FunctionMessage().Match(message) is { Success: true } match ? match.Groups["name"].Value : null;

    private static string? TypeName(string message) =>
        message.StartsWith("type ", StringComparison.Ordinal) && QuotedNames(message) is [var name, ..] ? name : null;

    // the text after the node's SQL is ours, so for the user the error is at the end
    private static string Near(string message, bool isPastEnd)
    {
        if (isPastEnd || message.Contains("end of input", StringComparison.Ordinal))
            return "at its end; something is not closed or is missing";

        return QuotedNames(message) is [var token, ..] ? $"near '{token}'" : $"({message})";
    }

    private static string Between(string message, string prefix) =>
        message.StartsWith(prefix, StringComparison.Ordinal) ? message[prefix.Length..] : message;

    /// <summary>The server's message with names in single quotes, and with its detail and hint.</summary>
    private static string Reword(PostgresException error)
    {
        var parts = new[] { error.MessageText, error.Detail, error.Hint }
            .OfType<string>()
            .Where(p => p.Length > 0)
            .Select(p => p.ReplaceLineEndings(" ").Replace('"', '\'').TrimEnd('.'));
        return string.Join("; ", parts);
    }

    private static string[] QuotedNames(string message) => [.. Quoted().Matches(message).Select(m => m.Groups["name"].Value)];

    [GeneratedRegex("\"(?<name>[^\"]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Quoted();

    [GeneratedRegex("^column (?<name>\"[^\"]+\"|\\S+) ", RegexOptions.ExplicitCapture)]
    private static partial Regex ColumnMessage();

    [GeneratedRegex(@"^(function|procedure|aggregate) (?<name>.+?) does not exist", RegexOptions.ExplicitCapture)]
    private static partial Regex FunctionMessage();

    [GeneratedRegex("reference the column \"(?<name>[^\"]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex HintedColumn();

    [GeneratedRegex("""\G("([^"]|"")+"|[\w$]+)(\s*\.\s*("([^"]|"")+"|[\w$]+))*""", RegexOptions.ExplicitCapture)]
    private static partial Regex QualifiedName();
}
