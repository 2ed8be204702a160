using Models.Database.Sessions;
using Models.Project.Graph;

namespace Models.Database.Catalog;

/// <summary>The views and materialized views that a <c>drop ... cascade</c> of a relation would drop with it.</summary>
public static class RelationReaders
{
    private const string Query =
        """
        with recursive readers as (
            select pg_catalog.to_regclass($1)::oid as oid
            union
            select r.ev_class
            from readers
            join pg_catalog.pg_depend d on d.refobjid = readers.oid
                and d.refclassid = 'pg_catalog.pg_class'::regclass and d.classid = 'pg_catalog.pg_rewrite'::regclass
            join pg_catalog.pg_rewrite r on r.oid = d.objid)
        select n.nspname, c.relname
        from readers
        join pg_catalog.pg_class c on c.oid = readers.oid and c.oid <> pg_catalog.to_regclass($1)
        join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        order by 1, 2
        """;

    /// <summary>All of them, also those that read the relation through another view.</summary>
    public static Task<IReadOnlyList<Relation>> FindAsync(Session session, Relation relation, CancellationToken cancellationToken) =>
        session.ReadRowsAsync(
            Query, [relation.QuotedName], row => new Relation(relation.Database, row.GetString(0), row.GetString(1)), cancellationToken);
}
