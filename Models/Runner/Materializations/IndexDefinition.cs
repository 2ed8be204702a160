using Models.Project.Graph;
using Models.Runner.Database;
using Npgsql;

namespace Models.Runner.Materializations;

/// <summary>An index of the <c>indexes</c> configuration, or one that a relation has.</summary>
/// <param name="Columns">The columns, quoted, with commas between.</param>
/// <param name="IsUnique">Whether values may occur once only.</param>
/// <param name="Method">The access method, for example <c>btree</c>.</param>
internal sealed record IndexDefinition(string Columns, bool IsUnique, string Method)
{
    // an index with an expression, a predicate or further columns cannot come from the configuration: it is somebody else's
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

    /// <summary>The indexes that a node's configuration asks for.</summary>
    /// <exception cref="RunException">One of them names no columns.</exception>
    public static IEnumerable<IndexDefinition> Configured(RelationNode node)
    {
        foreach (var index in ConfigValues.Maps(node.Config, "indexes"))
        {
            var columns = ConfigValues.Strings(index.GetValueOrDefault("columns"));
            if (columns.Count == 0)
                throw new RunException($"An index of '{node.Name}' names no columns: write indexes: [{{columns: [id]}}].");

            yield return new IndexDefinition(string.Join(", ", columns.Select(c => IndexColumn(node, c))), index.GetValueOrDefault(
                "unique") is true, index.GetValueOrDefault("type") as string ?? "btree");
        }
    }

    /// <summary>The statements that give a relation the configured indexes in place of those it has; none where it has them.</summary>
    public static async Task<IReadOnlyList<Statement>> ChangesAsync(BuildContext context, CancellationToken cancellationToken)
    {
        var missing = Configured(context.Node).ToHashSet();
        var statements = new List<Statement>();
        foreach (var (name, index) in await ReadAsync(context, cancellationToken))
        {
            if (!missing.Remove(index))
                statements.Add($"drop index if exists {name}");
        }

        return [.. statements, .. missing.Select(i => i.Create(context.Target))];
    }

    public Statement Create(Relation relation) =>
        $"create {(IsUnique ? "unique " : "")}index on {relation.QuotedName} using {Method} ({Columns})";

    public bool Equals(IndexDefinition? other) =>
        other is not null && Columns == other.Columns && IsUnique == other.IsUnique && Method.Equals(other.Method, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => Columns.GetHashCode(StringComparison.Ordinal);

    private static async Task<IReadOnlyList<(string Name, IndexDefinition Index)>> ReadAsync(BuildContext context, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Query, await context.Session.OpenAsync(cancellationToken))
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = context.Target.QuotedName } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var indexes = new List<(string, IndexDefinition)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var name = $"{Relation.Quote(reader.GetString(0))}.{Relation.Quote(reader.GetString(1))}";
            indexes.Add((name, new IndexDefinition(Quoted(reader.GetFieldValue<string[]>(4)), reader.GetBoolean(3), reader.GetString(2))));
        }

        return indexes;
    }

    // a name in capitals is one that the query may have quoted
    private static string IndexColumn(RelationNode node, string name) =>
        node.Columns.FirstOrDefault(c => c.Name == name) is { Quote: true } ? Relation.Quote(name) : Relation.ColumnOf(name);

    private static string Quoted(IEnumerable<string> columns) => string.Join(", ", columns.Select(Relation.Quote));
}
