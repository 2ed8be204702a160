using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using System.Text;

namespace Models.Analysis.Lineage;

/// <summary>
/// Parses the text of a query tree in <c>pg_rewrite.ev_action</c>: <c>{TYPE :field value ...}</c>, lists in parentheses, <c>&lt;&gt;</c> for null, a
/// backslash before a special character. The format differs between PostgreSQL 15 and 18 only in its fields, so fields are read by name and unknown
/// ones are skipped.
/// </summary>
internal ref struct QueryTreeReader(ReadOnlySpan<char> text)
{
    /// <summary>The scalars that lineage reads; all others are skipped without copying.</summary>
    private static readonly FrozenSet<string> Scalars = FrozenSet.ToFrozenSet(
    [
        "varno", "varattno", "varlevelsup", "rtekind", "relid", "ctename", "ctelevelsup", "resno", "resname", "resjunk",
        "ressortgroupref", "tleSortGroupRef", "winref", "rtindex", "aliasname", "jointype",
    ]);

    private static readonly FrozenSet<string> Texts = FrozenSet.ToFrozenSet(["ctename", "resname", "aliasname"]);

    private static readonly FrozenSet<string> Names = FrozenSet.ToFrozenSet(
    [
        .. Scalars,
        "QUERY", "RANGETBLENTRY", "TARGETENTRY", "VAR", "CONST", "FUNCEXPR", "OPEXPR", "AGGREF", "WINDOWFUNC", "WINDOWCLAUSE", "SUBLINK",
        "FROMEXPR", "JOINEXPR", "RANGETBLREF", "SORTGROUPCLAUSE", "SETOPERATIONSTMT", "COMMONTABLEEXPR", "ALIAS", "RELABELTYPE",
        "COALESCE", "CASE", "WHEN", "BOOLEXPR", "NULLTEST", "COERCEVIAIO", "GROUPINGSET", "RTEPERMISSIONINFO",
        "expr", "args", "cteList", "ctequery", "rtable", "subquery", "eref", "colnames", "joinaliasvars", "groupexprs", "functions",
        "values_lists", "tablefunc", "jointree", "fromlist", "quals", "larg", "rarg", "targetList", "groupClause", "havingQual",
        "windowClause", "partitionClause", "orderClause", "distinctClause", "sortClause", "limitCount", "limitOffset", "setOperations",
        "subselect", "testexpr", "aggfilter", "aggdistinct", "aggorder", "arg", "defresult", "result",
    ]);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> KnownNames = Names.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> KnownScalars = Scalars.GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly ReadOnlySpan<char> _text = text;
    private int _position = 0;

    /// <summary>The queries of one rule's action list; a view has exactly one.</summary>
    /// <exception cref="FormatException">The text is not a query tree.</exception>
    public static List<object?> Read(ReadOnlySpan<char> text)
    {
        var reader = new QueryTreeReader(text);
        return reader.ReadValue(reader.Next(), keep: true) as List<object?> ?? throw new FormatException("not a list of queries");
    }

    private object? ReadValue(ReadOnlySpan<char> token, bool keep)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        return token switch
        {
            "{" => ReadNode(),
            "(" => ReadList(),
            "<>" => null,
            _ => keep ? Unescape(token) : null,
        };
    }

    private QueryTreeNode ReadNode()
    {
        var node = new QueryTreeNode(Name(Next()));
        var token = Next();
        while (!token.SequenceEqual("}"))
        {
            if (token.IsEmpty)
                throw new FormatException("a node without an end");

            var name = token[1..];
            token = Next();
            if (token is "{" or "(")
            {
                var value = ReadValue(token, keep: false);
                if (value is not List<object?> { Count: 0 })
                    node.Add(Name(name), value, 0);
            }
            else if (token is not "<>" && KnownScalars.TryGetValue(name, out var known))
            {
                node.Add(known, Texts.Contains(known) ? Unescape(token) : null, ToNumber(token));
            }

            // the bytes of a constant follow its length; everything up to the next field belongs to this one
            token = Next();
            while (!token.IsEmpty && token[0] != ':' && !token.SequenceEqual("}"))
                token = Next();
        }

        return node;
    }

    private List<object?> ReadList()
    {
        var items = new List<object?>();
        for (var token = Next(); !token.SequenceEqual(")"); token = Next())
        {
            if (token.IsEmpty)
                throw new FormatException("a list without an end");

            if (token[0] == '"')
                items.Add(Unescape(token[1..^1]));
            else if (token is "{" or "(" or "<>")
                items.Add(ReadValue(token, keep: false));
        }

        return items;
    }

    private ReadOnlySpan<char> Next()
    {
        while (_position < _text.Length && _text[_position] is ' ' or '\n' or '\t')
            _position++;

        if (_position >= _text.Length)
            return [];

        var start = _position++;
        if (_text[start] is '(' or ')' or '{' or '}')
            return _text.Slice(start, 1);

        if (_text[start] == '\\')
            _position++;

        while (_position < _text.Length && _text[_position] is not (' ' or '\n' or '\t' or '(' or ')' or '{' or '}'))
            _position += _text[_position] == '\\' ? 2 : 1;

        _position = Math.Min(_position, _text.Length);
        return _text[start.._position];
    }

    private static string Name(ReadOnlySpan<char> name) => KnownNames.TryGetValue(name, out var known) ? known : "";

    private static int ToNumber(ReadOnlySpan<char> token) =>
        token switch
        {
            "true" => 1,
            _ when int.TryParse(token, out var number) => number,
            _ when uint.TryParse(token, out var id) => unchecked((int)id),
            _ => 0,
        };

    private static string Unescape(ReadOnlySpan<char> token)
    {
        if (!token.Contains('\\'))
            return token.ToString();

        var text = new StringBuilder(token.Length);
        for (var i = 0; i < token.Length; i++)
        {
            if (token[i] == '\\' && i + 1 < token.Length)
                i++;
            text.Append(token[i]);
        }

        return text.ToString();
    }
}
