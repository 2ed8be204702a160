using Models.Project.Graph;
using Models.Runner.Database;
using Npgsql;

namespace Models.Runner.Materializations;

/// <summary>A view that reads a relation which is about to be replaced.</summary>
/// <param name="Name">The view.</param>
/// <param name="Definition">Its query as the server prints it, naming the relation by its present name.</param>
/// <param name="ChangesHands">True where it belongs to the role that built the relation so far, which is another than ours.</param>
internal sealed record DependentView(Relation Name, string Definition, bool ChangesHands = false)
{
    private const string Query =
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

    public static async Task<IReadOnlyList<DependentView>> FindAsync(BuildContext context, CancellationToken cancellationToken)
    {
        if (context.ExistingType is null || !context.Cache.HadDependents(context.Target))
            return [];

        await using var command = new NpgsqlCommand(Query, await context.Session.OpenAsync(cancellationToken))
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = context.Target.QuotedName } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var views = new List<DependentView>();
        while (await reader.ReadAsync(cancellationToken))
            views.Add(
                new(new Relation(context.Target.Database, reader.GetString(0), reader.GetString(1)), reader.GetString(2).TrimEnd(';'), reader.GetBoolean(3)));

        return views;
    }

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
