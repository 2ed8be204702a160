using Models.Database.Sessions;
using Models.Project.Graph;

namespace Models.Engine.Materializations;

/// <summary>The statements that make a table from a node's SQL, with the configuration's storage options and the contract's constraints.</summary>
internal static class TableCreation
{
    public static IReadOnlyList<Statement> Create(BuildContext context, Relation table)
    {
        var unlogged = context.Node.Config.GetBoolean("unlogged", otherwise: false) ? "unlogged " : "";
        var tablespace = context.Node.Config.GetString("tablespace") is { } space ? $" tablespace {Relation.Quote(space)}" : "";
        if (!ContractCheck.Applies(context))
            return [Statement.Around(
                $"create {unlogged}table {table.QuotedName}{tablespace} as (\n", context.Sql, "\n)"), .. CitusPlacement.Statements(context, table)];

        var model = (ModelNode)context.Node;
        var parts = model.Columns.Select(c => Column(context, c)).Concat(model.Constraints.Select(c => Constraint(context, c, isTableLevel: true)));
        var names = string.Join(", ", model.Columns.Select(c => Relation.Quote(c.ServerName)));
        return
        [
            $"create {unlogged}table {table.QuotedName} ({string.Join(", ", parts.Where(p => p.Length > 0))}){tablespace}",
            .. CitusPlacement.Statements(context, table),
            Statement.Around($"insert into {table.QuotedName} ({names})\nselect {names} from (\n", context.Sql, "\n) as dbt_contract"),
        ];
    }

    private static string Column(BuildContext context, ColumnDefinition column)
    {
        var constraints = column.Constraints.Select(c => Constraint(context, c, isTableLevel: false)).Where(c => c.Length > 0);
        return string.Join(' ', [Relation.Quote(column.ServerName), column.DataType ?? "text", .. constraints]);
    }

    // the server chooses a name where none is given, because two versions of a table exist side by side for a moment
    private static string Constraint(BuildContext context, ConstraintDefinition constraint, bool isTableLevel)
    {
        var name = constraint.Name is { Length: > 0 } given && isTableLevel ? $"constraint {Relation.Quote(given)} " : "";
        var columns = isTableLevel ? $" ({string.Join(", ", constraint.Columns.Select(c => ConstraintColumn(context, c)))})" : "";
        var text = constraint.Type switch
        {
            "not_null" => isTableLevel ? "" : $"not null {constraint.Expression}",
            "unique" => $"unique{columns} {constraint.Expression}",
            "primary_key" => $"primary key{columns} {constraint.Expression}",
            "check" => $"check ({constraint.Expression})",
            "foreign_key" => ForeignKey(context, constraint, isTableLevel ? $"foreign key{columns} " : ""),
            _ => constraint.Expression ?? "",
        };
        return text.Length == 0 ? "" : (name + text).TrimEnd();
    }

    private static string ConstraintColumn(BuildContext context, string name) =>
        context.Node.Columns.FirstOrDefault(c => c.Name == name) is { } declared ? Relation.Quote(declared.ServerName) : Relation.ColumnOf(name);

    private static string ForeignKey(BuildContext context, ConstraintDefinition constraint, string prefix)
    {
        if (constraint.To is not { } to)
            return $"{prefix}references {constraint.Expression}";

        // the relation may be written as in a template
        var relation = to.Contains('(', StringComparison.Ordinal)
            ? context.Project.RenderText($"{{{{ {to} }}}}", context.Node.Span, context.Node, context.Connection)
            : to;
        return $"{prefix}references {relation} ({string.Join(", ", constraint.ToColumns.Select(Relation.ColumnOf))})";
    }
}
