using Models.Database.Catalog;
using Models.Database.Sessions;
using Models.Project.Graph;

namespace Models.Database.Definitions;

/// <summary>The statements that bring new rows into a table. Source: dbt's page on incremental strategies.</summary>
/// <param name="Table">The quoted name of the table.</param>
/// <param name="Source">The quoted name of the relation that holds the new rows.</param>
/// <param name="Columns">The table's columns that the new rows fill.</param>
/// <param name="UniqueKey">Expressions that tell one row from another; none where rows are only added.</param>
/// <param name="Predicates">Further conditions on the table's rows.</param>
public sealed record NewRows(
    string Table, string Source, IReadOnlyList<TableColumn> Columns, IReadOnlyList<string> UniqueKey, IReadOnlyList<string> Predicates)
{
    public Statement Insert() => new($"insert into {Table} ({ColumnList()}) select {ColumnList()} from {Source}") { IsMain = true };

    public IReadOnlyList<Statement> DeleteInsert()
    {
        if (UniqueKey.Count == 0)
            return [Insert()];

        var predicates = string.Concat(Predicates.Select(p => $"\nand {p}"));
        var delete = UniqueKey is [var key]
            ? $"delete from {Table} as dbt_internal_dest where ({key}) in (select ({key}) from {Source}){predicates}"
            : $"delete from {Table} as dbt_internal_dest using {Source} as dbt_internal_source where "
                + string.Join("\nand ", UniqueKey.Select(k => $"dbt_internal_source.{k} = dbt_internal_dest.{k}")) + predicates;
        return [new(delete), Insert()];
    }

    /// <param name="updated">The columns of a row that is there which are given new values, unquoted.</param>
    public Statement Merge(IEnumerable<string> updated)
    {
        var matches = UniqueKey.Select(k => $"(dbt_internal_source.{k} = dbt_internal_dest.{k})");
        var on = string.Join(" and ", [.. Predicates, .. UniqueKey.Count == 0 ? ["false"] : matches]);
        var update = updated.Select(c => $"{Relation.Quote(c)} = dbt_internal_source.{Relation.Quote(c)}").ToList();
        var matched = update.Count == 0 || UniqueKey.Count == 0 ? "" : $"when matched then update set {string.Join(", ", update)}\n";
        return new($"""
            merge into {Table} as dbt_internal_dest
            using {Source} as dbt_internal_source
            on {on}
            {matched}when not matched then insert ({ColumnList()}) values ({ColumnList("dbt_internal_source.")})
            """)
        {
            IsMain = true,
        };
    }

    private string ColumnList(string prefix = "") => string.Join(", ", Columns.Select(c => prefix + Relation.Quote(c.Name)));
}
