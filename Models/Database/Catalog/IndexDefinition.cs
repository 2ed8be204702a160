using Models.Database.Sessions;
using Models.Project.Graph;

namespace Models.Database.Catalog;

/// <summary>An index of the <c>indexes</c> configuration, or one that a relation has.</summary>
/// <param name="Columns">The columns, quoted, with commas between.</param>
/// <param name="IsUnique">Whether values may occur once only.</param>
/// <param name="Method">The access method, for example <c>btree</c>.</param>
public sealed record IndexDefinition(string Columns, bool IsUnique, string Method)
{
    public const string DefaultMethod = "btree";

    // an index with an expression, a predicate or included columns cannot come from the configuration, so it is left alone
    private const string Query =
        """
        select n.nspname, i.relname, am.amname, ix.indisunique, array(
            select a.attname::text
            from unnest(ix.indkey::int2[]) with ordinality as k(number, place)
            join pg_catalog.pg_attribute a on a.attrelid = ix.indrelid and a.attnum = k.number
            order by k.place)
        from pg_catalog.pg_index ix
        join pg_catalog.pg_class i on i.oid = ix.indexrelid
        join pg_catalog.pg_namespace n on n.oid = i.relnamespace
        join pg_catalog.pg_am am on am.oid = i.relam
        where ix.indrelid = pg_catalog.to_regclass($1) and ix.indexprs is null and ix.indpred is null and ix.indnkeyatts = ix.indnatts
        """;

    /// <summary>The statements that give a relation the wanted indexes in place of those it has; none where it has them.</summary>
    public static async Task<IReadOnlyList<Statement>> ChangesAsync(
        Session session, Relation relation, IEnumerable<IndexDefinition> wanted, CancellationToken cancellationToken)
    {
        var missing = wanted.ToHashSet();
        var statements = new List<Statement>();
        foreach (var (name, index) in await ReadAsync(session, relation, cancellationToken))
        {
            if (!missing.Remove(index))
                statements.Add($"drop index if exists {name}");
        }

        return [.. statements, .. missing.Select(i => i.Create(relation))];
    }

    public Statement Create(Relation relation) =>
        $"create {(IsUnique ? "unique " : "")}index on {relation.QuotedName} using {Method} ({Columns})";

    public bool Equals(IndexDefinition? other) =>
        other is not null && Columns == other.Columns && IsUnique == other.IsUnique && Method.Equals(other.Method, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => Columns.GetHashCode(StringComparison.Ordinal);

    private static Task<IReadOnlyList<(string Name, IndexDefinition Index)>> ReadAsync(
        Session session, Relation relation, CancellationToken cancellationToken) =>
        session.ReadRowsAsync(
            Query,
            [relation.QuotedName],
            row => (
                $"{Relation.Quote(row.GetString(0))}.{Relation.Quote(row.GetString(1))}",
                new IndexDefinition(Quoted(row.GetFieldValue<string[]>(4)), row.GetBoolean(3), row.GetString(2))),
            cancellationToken);

    private static string Quoted(IEnumerable<string> columns) => string.Join(", ", columns.Select(Relation.Quote));
}
