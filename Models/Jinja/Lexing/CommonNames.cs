using System.Collections.Frozen;

namespace Models.Jinja.Lexing;

/// <summary>Interns the names that most templates use, so that all their occurrences share one string.</summary>
internal static class CommonNames
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Names = FrozenSet.ToFrozenSet(
        [
            "if", "elif", "else", "endif", "for", "in", "endfor", "set", "endset", "macro", "endmacro", "call", "endcall", "do",
            "not", "and", "or", "is", "none", "None", "true", "false", "True", "False", "loop", "last", "first", "return",
            "ref", "source", "config", "var", "env_var", "this", "target", "model", "adapter", "dispatch", "execute", "log",
            "materialized", "tags", "schema", "alias", "unique_key", "append", "items", "keys", "values", "column_name", "name",
            "test", "endtest", "materialization", "endmaterialization", "column", "columns", "relation", "sql", "kwargs",
        ],
        StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    public static string Intern(ReadOnlySpan<char> name) => Names.TryGetValue(name, out var known) ? known : name.ToString();
}
