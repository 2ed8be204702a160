using Models.Contracts;
using Models.Database.Sessions;
using Models.Project.Graph;

namespace Models.Database.Definitions;

/// <summary>
/// The statements that create, rename, drop and describe relations and schemas. A type is <c>table</c>, <c>view</c> or
/// <c>materialized_view</c>.
/// </summary>
public static class RelationDdl
{
    public static Statement CreateSchema(string schema) => $"create schema if not exists {Relation.Quote(schema)}";

    public static Statement DropSchema(string schema) => $"drop schema if exists {Relation.Quote(schema)} cascade";

    public static Statement RenameSchema(string from, string to) => $"alter schema {Relation.Quote(from)} rename to {Relation.Quote(to)}";

    public static Statement MoveToSchema(string type, Relation relation, string schema) =>
        $"alter {Word(type)} {Relation.Quote(relation.Schema)}.{Relation.Quote(relation.Identifier)} set schema {Relation.Quote(schema)}";

    public static Statement CreateView(Relation view, string sql) => Statement.Around($"create view {view.QuotedName} as (\n", sql, "\n)");

    /// <summary>Replaces a view in place, which the server does as long as its columns stay and new ones come last.</summary>
    public static Statement ReplaceView(Relation view, string sql) => Statement.Around($"create or replace view {view.QuotedName} as (\n", sql, "\n)");

    public static Statement CreateMaterializedView(Relation view, string sql) =>
        Statement.Around($"create materialized view {view.QuotedName} as (\n", sql, "\n)");

    public static Statement RefreshMaterializedView(Relation view) => new($"refresh materialized view {view.QuotedName}") { IsMain = true };

    /// <summary>A temporary table of a query's rows, which ends with the transaction.</summary>
    public static Statement CreateTemporaryTable(string identifier, string sql) =>
        Statement.Around($"create temporary table {Relation.Quote(identifier)} on commit drop as (\n", sql, "\n)", isMain: false);

    public static Statement Rename(string type, Relation from, Relation to) =>
        $"alter {Word(type)} {from.QuotedName} rename to {Relation.Quote(to.Identifier)}";

    public static Statement Drop(string type, Relation relation, bool cascade) =>
        $"drop {Word(type)} if exists {relation.QuotedName}{(cascade ? " cascade" : "")}";

    /// <summary>Drops a relation unless a view reads it.</summary>
    public static Statement DropUnlessRead(string type, Relation relation) =>
        $"""
        do $leadline$ begin
            drop {Word(type)} if exists {relation.QuotedName};
        exception when dependent_objects_still_exist then null;
        end $leadline$
        """;

    /// <summary>Gives a view to the session's role: it reads with its owner's rights.</summary>
    public static Statement TakeOver(Relation view) => $"alter view {view.QuotedName} owner to current_user";

    public static Statement AddColumn(Relation table, string name, string type) =>
        $"alter table {table.QuotedName} add column {Relation.Quote(name)} {type}";

    public static Statement DropColumn(Relation table, string name) => $"alter table {table.QuotedName} drop column {Relation.Quote(name)} cascade";

    /// <summary>Gives a column another type and casts what is in it.</summary>
    public static Statement ChangeType(Relation table, string name, string type)
    {
        var column = Relation.Quote(name);
        return $"alter table {table.QuotedName} alter column {column} type {type} using {column}::{type}";
    }

    public static Statement Comment(string type, Relation relation, string text) =>
        $"comment on {Word(type)} {relation.QuotedName} is {SqlLiteral.Of(text)}";

    /// <summary>A column's comment; a documented column that the relation does not have is no reason to fail.</summary>
    /// <param name="relation">The relation.</param>
    /// <param name="column">The column's name, unquoted.</param>
    /// <param name="text">The comment.</param>
    public static Statement CommentColumn(Relation relation, string column, string text) =>
        $"""
        do $leadline$ begin
            comment on column {relation.QuotedName}.{Relation.Quote(column)} is {SqlLiteral.Of(text)};
        exception when undefined_column then null;
        end $leadline$
        """;

    /// <summary>SQL's word for a type.</summary>
    public static string Word(string type) => type == "materialized_view" ? "materialized view" : type;
}
