using Models.Contracts;
using Models.Database.Sessions;
using Models.Project.Graph;

namespace Models.Database.Catalog;

/// <summary>A view that reads a relation which is about to be replaced.</summary>
/// <param name="Name">The view.</param>
/// <param name="Definition">Its query as the server prints it, naming the relation by its present name.</param>
/// <param name="ChangesHands">True where its owner is the role that built the relation before, and the run has another role.</param>
public sealed record DependentView(Relation Name, string Definition, bool ChangesHands = false)
{
    private const string OfRelation =
        """
        select distinct n.nspname, v.relname, pg_catalog.pg_get_viewdef(v.oid),
            v.relowner = read.relowner and pg_catalog.pg_get_userbyid(v.relowner) <> current_user
        from pg_catalog.pg_depend d
        join pg_catalog.pg_rewrite r on r.oid = d.objid
        join pg_catalog.pg_class v on v.oid = r.ev_class and v.relkind = 'v'
        join pg_catalog.pg_namespace n on n.oid = v.relnamespace
        join pg_catalog.pg_class read on read.oid = d.refobjid
        where d.classid = 'pg_catalog.pg_rewrite'::regclass
          and d.refclassid = 'pg_catalog.pg_class'::regclass
          and d.refobjid = pg_catalog.to_regclass($1)
          and v.oid <> d.refobjid
        """;

    private const string OfSchemas =
        """
        select distinct vn.nspname, v.relname, pg_catalog.pg_get_viewdef(v.oid)
        from pg_catalog.pg_depend d
        join pg_catalog.pg_class c on c.oid = d.refobjid
        join pg_catalog.pg_namespace cn on cn.oid = c.relnamespace and cn.nspname = any($1)
        join pg_catalog.pg_rewrite r on r.oid = d.objid
        join pg_catalog.pg_class v on v.oid = r.ev_class and v.relkind = 'v'
        join pg_catalog.pg_namespace vn on vn.oid = v.relnamespace and not vn.nspname = any($2)
        where d.classid = 'pg_catalog.pg_rewrite'::regclass and d.refclassid = 'pg_catalog.pg_class'::regclass
        """;

    /// <summary>The views that read a relation.</summary>
    public static Task<IReadOnlyList<DependentView>> FindAsync(Session session, Relation relation, CancellationToken cancellationToken) =>
        session.ReadRowsAsync(
            OfRelation,
            [relation.QuotedName],
            row => new DependentView(
                new Relation(relation.Database, row.GetString(0), row.GetString(1)), row.GetString(2).TrimEnd(';'), row.GetBoolean(3)),
            cancellationToken);

    /// <summary>The views that read a relation of <paramref name="schemas"/> and stand in none of <paramref name="inside"/>.</summary>
    public static Task<IReadOnlyList<DependentView>> FindOutsideAsync(
        Session session, string[] schemas, string[] inside, CancellationToken cancellationToken) =>
        session.ReadRowsAsync(
            OfSchemas,
            [schemas, inside],
            row => new DependentView(new Relation("", row.GetString(0), row.GetString(1)), row.GetString(2).TrimEnd(';')),
            cancellationToken);

    /// <summary>Points the view at whatever bears the relation's name now; a view that no longer fits stays as it is.</summary>
    public Statement Rebind()
    {
        var create = $"create or replace view {Name.QuotedName} as {Definition}";
        if (ChangesHands)
            create += $"; alter view {Name.QuotedName} owner to current_user";
        return $"""
            do $leadline$ begin
                execute {SqlLiteral.Of(create)};
            exception when others then null;
            end $leadline$
            """;
    }
}
