using Models.Database.Sessions;
using Models.Project.Graph;

namespace Models.Database.Catalog;

/// <summary>Single questions about the target's schemas and relations, answered by the server as it is now.</summary>
public static class CatalogQueries
{
    public static async Task<bool> SchemaExistsAsync(Session session, string schema, CancellationToken cancellationToken) =>
        await session.ReadValueAsync("select exists (select 1 from pg_catalog.pg_namespace where nspname = $1)", [schema], cancellationToken) is true;

    /// <summary>What stands under a name: <c>view</c>, <c>table</c> (also for every other kind of relation) or null.</summary>
    public static async Task<string?> FindTypeAsync(Session session, Relation relation, CancellationToken cancellationToken) =>
        (string?)await session.ReadValueAsync(
            "select case relkind when 'v' then 'view' else 'table' end from pg_catalog.pg_class where oid = pg_catalog.to_regclass($1)",
            [relation.QuotedName],
            cancellationToken);

    /// <summary>The relations of a schema and what each is: <c>table</c>, <c>view</c> or <c>materialized_view</c>.</summary>
    public static Task<IReadOnlyList<(Relation Relation, string Type)>> RelationsAsync(Session session, string schema, CancellationToken cancellationToken) =>
        session.ReadRowsAsync(
            """
            select c.relname, case c.relkind when 'v' then 'view' when 'm' then 'materialized_view' else 'table' end
            from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where n.nspname = $1 and c.relkind in ('r', 'p', 'v', 'm')
            """,
            [schema],
            row => (new Relation("", schema, row.GetString(0)), row.GetString(1)),
            cancellationToken);

    /// <summary>The name of the schema that holds the session's temporary tables, which <c>pg_temp</c> stands for.</summary>
    public static async Task<string> TemporarySchemaAsync(Session session, CancellationToken cancellationToken) =>
        (string)(await session.ReadValueAsync(
            "select nspname::text from pg_catalog.pg_namespace where oid = pg_catalog.pg_my_temp_schema()", [], cancellationToken))!;

    /// <summary>
    /// Whether a materialized view has the given query. The server prints the current definition and the new one with the present names of
    /// relations, so that a view on a replaced table differs too. Ends with a rollback.
    /// </summary>
    public static async Task<bool> HasQueryAsync(Session session, Relation view, string sql, CancellationToken cancellationToken)
    {
        var probe = Relation.Quote(RelationNames.WithSuffix(view, "__dbt_probe").Identifier);
        try
        {
            await session.ExecuteAsync(
                ["begin", Statement.Around($"create temporary view {probe} as (\n", sql, "\n)", isMain: false)], cancellationToken);
            return await session.ReadValueAsync(
                "select pg_catalog.pg_get_viewdef(pg_catalog.to_regclass($1)) = pg_catalog.pg_get_viewdef(pg_catalog.to_regclass($2))",
                [view.QuotedName, $"pg_temp.{probe}"],
                cancellationToken) is true;
        }
        finally
        {
            await session.RollbackAsync();
        }
    }
}
