using Models.Contracts;
using Models.Jinja.Rendering;
using Models.Project.Graph;
using Models.Rendering.Context.Functions;

namespace Models.Rendering.Context.Adapter;

/// <summary>The adapter's methods that find, create, rename and drop relations and schemas.</summary>
internal static class RelationMethods
{
    public static IEnumerable<HostMember> All { get; } =
    [
        new("get_relation(database, schema, identifier)", a => Find(a, Folded(a, "schema", a.OptionalText(1)), Folded(a, "identifier", a.OptionalText(2)))),
        new("load_relation(relation)", a => a[0] is RelationObject { Schema: not null, Identifier: not null } relation && Plain(a, relation) is var plain
            ? Find(a, plain.Schema, plain.Identifier)
            : null),
        new("already_exists(schema, table)", a => Find(a, Folded(a, "schema", a.OptionalText(0)), Folded(a, "identifier", a.OptionalText(1))) is not null),
        new("list_relations(database, schema)", a => List(a, Folded(a, "schema", a.OptionalText(1)))),
        new("list_relations_without_caching(schema_relation)", a =>
            List(a, a[0] is RelationObject { Schema: not null } relation ? Plain(a, relation).Schema : null)),
        new("check_schema_exists(database, schema)", a => SchemaExists(a, a.Text(1))),
        new("list_schemas(database)", a => Schemas(a)),
        new("create_schema(relation)", a => Do(a, r => $"create schema if not exists {Relation.Quote(Plain(a, r).Schema)}")),
        new("drop_schema(relation)", a => Do(a, r => $"drop schema if exists {Relation.Quote(Plain(a, r).Schema)} cascade")),
        new("drop_relation(relation)", a => Do(a, r => $"drop {Kind(r)} if exists {r.Render()} cascade")),
        new("truncate_relation(relation)", a => Do(a, r => $"truncate table {r.Render()}")),
        new("rename_relation(from_relation, to_relation)", Rename),
        new("cache_added(relation)", _ => ""),
        new("cache_dropped(relation)", _ => ""),
        new("cache_renamed(from_relation, to_relation)", _ => ""),
        new("is_replaceable(relation, config?)", _ => true),
    ];

    public static Relation Plain(BoundArguments a, RelationObject relation) =>
        relation.ToRelation(new Relation(a.Node.Project.Target.Database, a.Node.Project.Target.Schema, ""));

    /// <summary>Folds a name as the server does, if the project's <c>quoting</c> disables quoting for this part.</summary>
    private static string? Folded(BoundArguments a, string part, string? name) =>
        name is null || QuotingFold.IsQuoted(part, a.Node.Project.Quoting) ? name : Relation.Fold(name);

    private static RelationObject? Find(BoundArguments a, string? schema, string? identifier)
    {
        if (!a.Node.Execute || schema is null || identifier is null)
            return null;

        foreach (var found in a.Node.Ask().ListRelations(schema))
        {
            if (found.Relation.Identifier == identifier)
                return RelationObject.From(found.Relation with { Database = a.Node.Project.Target.Database }, found.Type);
        }

        return null;
    }

    private static JinjaList List(BoundArguments a, string? schema)
    {
        var relations = new JinjaList();
        if (!a.Node.Execute || schema is null)
            return relations;

        foreach (var found in a.Node.Ask().ListRelations(schema))
            relations.Add(RelationObject.From(found.Relation with { Database = a.Node.Project.Target.Database }, found.Type));

        return relations;
    }

    private static bool SchemaExists(BoundArguments a, string schema) =>
        a.Node.Execute && AdapterObject.Run(a, $"select 1 from pg_catalog.pg_namespace where nspname = {SqlLiteral.Of(schema)}").Rows.Count > 0;

    private static JinjaList Schemas(BoundArguments a)
    {
        var schemas = new JinjaList();
        foreach (var row in AdapterObject.Run(a, "select nspname from pg_catalog.pg_namespace order by nspname").Rows)
            schemas.Add(row[0]?.ToString());

        return schemas;
    }

    private static string Do(BoundArguments a, Func<RelationObject, string> sql)
    {
        if (a[0] is RelationObject relation)
            AdapterObject.Run(a, sql(relation));
        return "";
    }

    private static string Rename(BoundArguments a)
    {
        if (a[0] is not RelationObject from || a[1] is not RelationObject to)
            throw a.Context.ArgumentError("'rename_relation' takes two relations");

        AdapterObject.Run(a, $"alter {Kind(from)} {from.Render()} rename to {Relation.Quote(Plain(a, to).Identifier)}");
        return "";
    }

    private static string Kind(RelationObject relation) => relation.Type switch
    {
        "view" => "view",
        "materialized_view" => "materialized view",
        _ => "table",
    };
}
