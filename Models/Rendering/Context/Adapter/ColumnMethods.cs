using Models.Contracts;
using Models.Jinja.Rendering;
using Models.Project.Graph;
using Models.Rendering.Context.Functions;
using Models.Rendering.Macros;

namespace Models.Rendering.Context.Adapter;

/// <summary>The adapter's methods about columns.</summary>
internal static class ColumnMethods
{
    public static IEnumerable<HostMember> All { get; } =
    [
        new("get_columns_in_relation(relation)", Columns),
        new("get_missing_columns(from_relation, to_relation)", Missing),
        new("get_column_schema_from_query(sql)", a => ToList(ColumnsOfQuery(a, a.Text(0)))),
        new("expand_target_column_types(from_relation, to_relation)", Expand),
        new("valid_snapshot_target(relation, column_names?)", a => RequireColumns(a, ["dbt_scd_id", "dbt_valid_from", "dbt_valid_to"])),
        new("assert_valid_snapshot_target_given_strategy(relation, column_names?, strategy?)", a =>
            RequireColumns(a, ["dbt_scd_id", "dbt_valid_from", "dbt_valid_to"])),
    ];

    /// <summary>Calls the macro of the project or of a package that overrides the built-in one; without one it queries the database.</summary>
    private static object? Columns(BoundArguments a)
    {
        const string Macro = "get_columns_in_relation";
        var context = a.Node;
        var macros = context.Project.Macros;
        var own = context.Execute && !context.AsksForColumns
            ? ((MacroSource?[])[macros.Find(context.Project.Name, Macro), macros.Dispatch(context.Project.Name, Macro, MacroIndex.BuiltInNamespace)])
                .FirstOrDefault(m => m is { IsBuiltIn: false })
            : null;
        if (own is null)
            return ToList(ColumnsOf(a, a[0]));

        // the macro may call the built-in one, which calls the adapter again
        context.AsksForColumns = true;
        try
        {
            return context.Bind(own).Call(a.Context, new CallArguments([a[0]], []));
        }
        finally
        {
            context.AsksForColumns = false;
        }
    }

    public static IReadOnlyList<ColumnObject> ColumnsOf(BoundArguments a, object? relation)
    {
        if (!a.Node.Execute || relation is not RelationObject named || named.Type == "cte")
            return [];

        // a relation without a schema is a temporary table
        if (named is { Schema: null, Identifier: { } temporary })
            return ColumnsNamed(a, named.QuoteIdentifier ? Relation.Quote(temporary) : temporary);

        var columns = new List<ColumnObject>();
        foreach (var column in a.Node.Ask().ListColumns(RelationMethods.Plain(a, named)))
            columns.Add(ColumnObject.Parse(column.Name, column.DataType));

        return columns;
    }

    /// <summary>Returns a query's columns without running it, by creating a temporary view.</summary>
    public static IReadOnlyList<ColumnObject> ColumnsOfQuery(BoundArguments a, string sql)
    {
        if (!a.Node.Execute)
            return [];

        const string View = "__leadline_columns";
        AdapterObject.Run(a, $"create temporary view {View} as {sql.Trim().TrimEnd(';')}");
        try
        {
            return ColumnsNamed(a, $"pg_temp.{View}");
        }
        finally
        {
            AdapterObject.Run(a, $"drop view pg_temp.{View}");
        }
    }

    private static IReadOnlyList<ColumnObject> ColumnsNamed(BoundArguments a, string name)
    {
        var rows = AdapterObject.Run(a,
            $"""
            select attname, pg_catalog.format_type(atttypid, atttypmod)
            from pg_catalog.pg_attribute
            where attrelid = pg_catalog.to_regclass({SqlLiteral.Of(name)}) and attnum > 0 and not attisdropped
            order by attnum
            """).Rows;
        return [.. rows.Select(r => ColumnObject.Parse(r[0]!.ToString()!, r[1]!.ToString()!))];
    }

    private static JinjaList ToList(IEnumerable<ColumnObject> columns) => new(columns);

    private static JinjaList Missing(BoundArguments a)
    {
        var known = ColumnsOf(a, a[1]).Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        return ToList(ColumnsOf(a, a[0]).Where(c => !known.Contains(c.Name)));
    }

    private static string Expand(BoundArguments a)
    {
        if (a[1] is not RelationObject target)
            return "";

        var wanted = ColumnsOf(a, a[0]).ToDictionary(c => c.Name, StringComparer.Ordinal);
        foreach (var column in ColumnsOf(a, target))
        {
            if (wanted.TryGetValue(column.Name, out var wider) && column.CanExpandTo(wider))
                AdapterObject.Run(a, $"alter table {target.Render()} alter column {Relation.Quote(column.Name)} type {wider.FullType}");
        }

        return "";
    }

    private static string RequireColumns(BoundArguments a, IReadOnlyList<string> standard)
    {
        if (!a.Node.Execute)
            return "";

        var renamed = a[1] as JinjaDict;
        var known = ColumnsOf(a, a[0]).Select(c => c.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var name in standard)
        {
            var actual = renamed is not null && renamed.TryGetValue(name, out var other) && other is not null ? PythonText.Str(other) : name;
            if (!known.Contains(actual))
                throw a.Context.ValueError($"the snapshot's table {a.Text(0)} has no column '{actual}'; was it made by a snapshot?");
        }

        return "";
    }
}
